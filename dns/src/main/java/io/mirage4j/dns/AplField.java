// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Address prefixes, any number of them (RFC 3123): `1:192.0.2.0/24 !2:2001:db8::/32`.
final class AplField extends Field {
    static final AplField APL = new AplField();

    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int NEGATED = 0x80;

    @Override
    void parse(Words in, Octets out) throws TextFault {
        for (; in.hasNext(); in.skip()) item(in, out);
    }

    private static void item(Words in, Octets out) throws TextFault {
        byte[] text = in.text();
        int at = in.start();
        boolean negated = in.length() > 0 && text[at] == '!';
        if (negated) {
            at++;
        }
        if (in.end() - at < 3 || text[at + 1] != ':' || (text[at] != '1' && text[at] != '2')) {
            throw in.fault("not 1:ADDRESS/PREFIX or 2:ADDRESS/PREFIX: " + in.word());
        }
        int family = text[at] - '0';
        int slash = in.end() - 1;
        while (slash > at && text[slash] != '/') slash--;
        int prefix = decimal(text, slash + 1, in.end());
        if (slash == at || prefix < 0 || prefix > bits(family)) {
            throw in.fault("no prefix in " + in.word());
        }
        out.u16(family);
        out.u8(prefix);
        int lengthAt = out.grow(1);
        if (family == IPV4) AddressField.ipv4(text, at + 2, slash, out);
        else AddressField.ipv6(text, at + 2, slash, out);
        // RFC 3123, 4: zero octets at the end are not sent.
        int length = bits(family) / 8;
        while (length > 0 && out.array()[lengthAt + length] == 0) length--;
        out.cut(lengthAt + 1 + length);
        out.setU8(lengthAt, length | (negated ? NEGATED : 0));
    }

    private static int decimal(byte[] text, int start, int end) {
        if (start == end || end - start > 3) return -1;
        int v = 0;
        for (int i = start; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') return -1;
            v = v * 10 + text[i] - '0';
        }
        return v;
    }

    private static int bits(int family) {
        return family == IPV4 ? 32 : 128;
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        int next = at;
        while (next < end) {
            if (end - next < 4) return -1;
            int family = u16(rdata, next);
            int length = rdata[next + 3] & 0x7f;
            if (family != IPV4 && family != IPV6) return -1;
            if ((rdata[next + 2] & 0xff) > bits(family) || length > bits(family) / 8) return -1;
            next += 4 + length;
            if (next > end || (length > 0 && rdata[next - 1] == 0)) return -1;
        }
        return next;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        for (int next = at; next < rdata.length; ) {
            if (next > at) {
                out.ch(' ');
            }
            int family = u16(rdata, next);
            int length = rdata[next + 3] & 0x7f;
            if ((rdata[next + 3] & NEGATED) != 0) {
                out.ch('!');
            }
            byte[] address = new byte[16];
            System.arraycopy(rdata, next + 4, address, 0, length);
            out.decimal(family).ch(':');
            if (family == IPV4) AddressField.printIpv4(address, 0, out);
            else AddressField.printIpv6(address, 0, out);
            out.ch('/').decimal(rdata[next + 2] & 0xff);
            next += 4 + length;
        }
        return rdata.length;
    }

    private AplField() {}
}
