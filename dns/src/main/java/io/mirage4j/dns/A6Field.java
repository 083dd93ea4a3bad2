// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The historic A6 (RFC 2874): how many bits the named prefix gives, the rest of the address, and
/// the name unless there are none.
final class A6Field extends Field {
    static final A6Field A6 = new A6Field();

    @Override
    void parse(Words in, Octets out) throws TextFault {
        int prefix = (int) in.number(128);
        out.u8(prefix);
        int from = out.length();
        if (prefix < 128) {
            AddressField.IPV6.parse(in, out);
            int suffix = suffix(prefix);
            System.arraycopy(out.array(), from + 16 - suffix, out.array(), from, suffix);
            out.cut(from + suffix);
            if (prefix % 8 != 0) {
                out.array()[from] &= (byte) (0xff >> prefix % 8);
            }
        }
        if (prefix > 0) {
            NameField.NAME.parse(in, out);
        }
    }

    private static int suffix(int prefix) {
        return (128 - prefix + 7) / 8;
    }

    private static int nameAt(byte[] rdata, int at, int end) {
        if (end - at < 1 || (rdata[at] & 0xff) > 128) return -1;
        int next = at + 1 + suffix(rdata[at] & 0xff);
        return next <= end ? next : -1;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        int next = nameAt(rdata, at, end);
        return next < 0 || rdata[at] == 0 ? next : NameField.NAME.skip(rdata, next, end);
    }

    /// Bits that pad the suffix to whole octets and are not zero are in no text.
    @Override
    boolean hasText(byte[] rdata, int at) {
        int pad = (rdata[at] & 0xff) % 8;
        return pad == 0 || (rdata[at + 1] & 0xff) >> (8 - pad) == 0;
    }

    @Override
    int read(byte[] raw, int at, int end, ReadOnlyCstruct message, int base, Octets out) {
        int next = nameAt(raw, at, end);
        if (next < 0) return -1;
        out.bytes(raw, at, next - at);
        return raw[at] == 0 ? next : NameField.NAME.read(raw, next, end, message, base, out);
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int prefix = rdata[at] & 0xff;
        int next = nameAt(rdata, at, rdata.length);
        out.decimal(prefix);
        if (prefix < 128) {
            byte[] address = new byte[16];
            int suffix = suffix(prefix);
            System.arraycopy(rdata, at + 1, address, 16 - suffix, suffix);
            AddressField.printIpv6(address, 0, out.ch(' '));
        }
        return prefix == 0 ? next : NameField.NAME.print(rdata, next, out.ch(' '));
    }

    private A6Field() {}
}
