// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// One field of a record's data: how it looks in text and in octets. A type's data is a row of
/// these ([RdataForm]), so that one declaration gives all directions.
abstract class Field {
    /// Takes the field's words and appends its octets.
    abstract void parse(Words in, Octets out) throws TextFault;

    /// Where the field at `at` ends, at most at `end`; -1 if it does not, or is none.
    abstract int skip(byte[] rdata, int at, int end);

    /// Writes the field at `at`, which is one, and tells where it ends; so does [#skip].
    abstract int print(byte[] rdata, int at, TextOut out);

    /// Whether the field at `at` has a text that means it. If not, the data is printed as octets.
    boolean hasText(byte[] rdata, int at) {
        return true;
    }

    /// Whether the field has a word even where it has no octets.
    boolean hasWordForNothing() {
        return false;
    }

    /// Whether the field puts a blank in front of each of its words itself.
    boolean putsBlanks() {
        return false;
    }

    /// Whether the field is a name in full, to be compared without case in the canonical form.
    boolean isName() {
        return false;
    }

    /// Appends the field at `at` of `raw`, the data as it stands in `message` at `base`, its names
    /// written out, and tells where it ends, or -1.
    int read(byte[] raw, int at, int end, ReadOnlyCstruct message, int base, Octets out) {
        int next = skip(raw, at, end);
        if (next >= 0) {
            out.bytes(raw, at, next - at);
        }
        return next;
    }

    static int u16(byte[] rdata, int at) {
        return (rdata[at] & 0xff) << 8 | (rdata[at + 1] & 0xff);
    }

    static long u32(byte[] rdata, int at) {
        return (long) u16(rdata, at) << 16 | u16(rdata, at + 2);
    }

    static long u48(byte[] rdata, int at) {
        return (long) u16(rdata, at) << 32 | u32(rdata, at + 2);
    }
}
