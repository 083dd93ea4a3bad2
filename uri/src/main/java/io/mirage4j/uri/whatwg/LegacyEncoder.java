// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// An encoder of the Encoding Standard, for all encodings but UTF-8. Immutable but for
/// [Iso2022JpEncoder], which remembers where it is, so that a text takes one of its own.
interface LegacyEncoder {
    /// What [#encode] gives when the code point was encoded.
    int ENCODED = -1;

    /// Encodes one code point, or gives the one that the error names.
    int encode(int c, Octets out);

    /// Ends the text.
    default void finish(Octets out) {}

    /// The encoder for a text of its own.
    default LegacyEncoder forText() {
        return this;
    }

    /// A few octets.
    final class Octets {
        private final byte[] octets = new byte[8];
        private int count;

        void add(int octet) {
            octets[count++] = (byte) octet;
        }

        void add(int first, int second) {
            add(first);
            add(second);
        }

        int count() {
            return count;
        }

        int get(int index) {
            return octets[index] & 0xff;
        }

        void clear() {
            count = 0;
        }
    }
}
