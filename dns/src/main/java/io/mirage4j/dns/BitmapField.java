// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.BitSet;

/// A set of types in blocks of 256 (RFC 4034, 4.1.2), or in one run of bits as NXT had it (RFC
/// 2535, 5.2). It fills the rest of the data, and may be empty.
final class BitmapField extends Field {
    static final BitmapField WINDOWS = new BitmapField(false);
    static final BitmapField RUN = new BitmapField(true);

    private static final int MAX_RUN_OCTETS = 16;

    private final boolean run;

    private BitmapField(boolean run) {
        this.run = run;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        var types = new BitSet();
        while (in.hasNext()) {
            int start = in.start();
            // Of NXT BIND reads plain numbers, too.
            int type = run && in.isNumeric() ? (int) in.number(0xffff) : in.type();
            if (run && (type == 0 || type >= MAX_RUN_OCTETS * 8)) {
                throw new TextFault(RrType.name(type) + " is no type for NXT", start);
            }
            types.set(type);
        }
        if (run) octets(types, 0, out);
        else append(types, out);
    }

    /// Appends the blocks of a set.
    static void append(BitSet types, Octets out) {
        for (int next = types.nextSetBit(0); next >= 0; ) {
            int block = next >> 8;
            out.u8(block);
            int at = out.grow(1);
            octets(types, block << 8, out);
            out.setU8(at, out.length() - at - 1);
            next = types.nextSetBit((block + 1) << 8);
        }
    }

    /// As few octets as hold the bits of the block that begins at `first`.
    private static void octets(BitSet types, int first, Octets out) {
        int last = types.previousSetBit(first + 255);
        for (int octet = first; octet <= last; octet += 8) {
            int bits = 0;
            for (int i = 0; i < 8; i++) if (types.get(octet + i)) bits |= 0x80 >> i;
            out.u8(bits);
        }
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        if (run) return end - at <= MAX_RUN_OCTETS ? end : -1;
        int before = -1;
        int next = at;
        while (next < end) {
            if (end - next < 2) return -1;
            int block = rdata[next] & 0xff;
            int length = rdata[next + 1] & 0xff;
            // Blocks ascend, are not empty and have no zero octets at their end.
            if (block <= before || length == 0 || length > 32 || length > end - next - 2) return -1;
            if (rdata[next + 1 + length] == 0) return -1;
            before = block;
            next += 2 + length;
        }
        return next;
    }

    /// Nobody's type 0 and zero octets at the end have none.
    @Override
    boolean hasText(byte[] rdata, int at) {
        return !run || rdata.length == at || (rdata[rdata.length - 1] != 0 && rdata[at] >= 0);
    }

    @Override
    boolean putsBlanks() {
        return true;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        for (int next = at; next < rdata.length; ) {
            int first = run ? 0 : (rdata[next] & 0xff) << 8;
            int from = run ? next : next + 2;
            int to = run ? rdata.length : from + (rdata[next + 1] & 0xff);
            for (int bit = 0; bit < (to - from) * 8; bit++) {
                if ((rdata[from + bit / 8] & 0x80 >> bit % 8) == 0) continue;
                out.ch(' ').text(RrType.name(first + bit));
            }
            next = to;
        }
        return rdata.length;
    }

    /// Whether the blocks from `at` have `type`.
    static boolean has(byte[] rdata, int at, int type) {
        for (int next = at; next < rdata.length; next += 2 + (rdata[next + 1] & 0xff)) {
            if ((rdata[next] & 0xff) != type >> 8) continue;
            int octet = (type & 0xff) / 8;
            return octet < (rdata[next + 1] & 0xff)
                    && (rdata[next + 2 + octet] & 0x80 >> (type & 7)) != 0;
        }
        return false;
    }
}
