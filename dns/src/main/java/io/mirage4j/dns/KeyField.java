// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The key of a KEY record, which is there unless the flags in front say that there is none (RFC
/// 2535, 3.1.2).
final class KeyField extends Field {
    static final KeyField KEY = new KeyField();

    private static final int NO_KEY = 0xc000;

    /// Flags, protocol and algorithm.
    private static final int HEAD = 4;

    private static OctetField field(byte[] rdata, int at) {
        boolean none = (u16(rdata, at - HEAD) & NO_KEY) == NO_KEY;
        return none ? OctetField.BASE64_OR_NONE : OctetField.BASE64;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        field(out.array(), out.length()).parse(in, out);
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return field(rdata, at).skip(rdata, at, end);
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        return field(rdata, at).print(rdata, at, out);
    }

    private KeyField() {}
}
