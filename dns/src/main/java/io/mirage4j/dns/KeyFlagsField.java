// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The flags of KEY (RFC 2535, 3.1.2): a number, or words with `|` between them, one for each field
/// that is not zero.
final class KeyFlagsField extends Field {
    static final KeyFlagsField FLAGS = new KeyFlagsField();

    private static final int[] FIELDS = {0xc000, 0x0300, 0x000f};

    @Override
    void parse(Words in, Octets out) throws TextFault {
        in.need("flags");
        out.u16(in.isNumeric() ? (int) in.number(0xffff) : words(in));
    }

    private static int words(Words in) throws TextFault {
        int flags = 0;
        int taken = 0;
        for (int at = in.start(); at <= in.end(); ) {
            int end = at;
            while (end < in.end() && in.text()[end] != '|') end++;
            int flag = Mnemonics.KEY_FLAGS.find(in.text(), at, end);
            if (flag < 0) throw in.fault("not the flags of a key: " + in.word());
            int field = field(flag);
            if ((taken & field) != 0) throw in.fault("twice the same field: " + in.word());
            taken |= field;
            flags |= flag;
            at = end + 1;
        }
        in.skip();
        return flags;
    }

    /// All bits of the field that a word is a value of.
    private static int field(int flag) {
        for (int field : FIELDS) if ((flag & field) != 0) return field;
        return flag;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return end - at < 2 ? -1 : at + 2;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        out.decimal(u16(rdata, at));
        return at + 2;
    }

    private KeyFlagsField() {}
}
