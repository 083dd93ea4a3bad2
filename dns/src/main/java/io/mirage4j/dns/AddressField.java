// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Ipv6Address;

import java.util.Arrays;

/// Addresses of a fixed length: IPv4, IPv6, EUI-48 and EUI-64, and the halves of ILNP.
final class AddressField extends Field {
    private enum Kind {
        IPV4(4),
        IPV6(16),
        EUI48(6),
        EUI64(8),
        NODE64(8);

        final int octets;

        Kind(int octets) {
            this.octets = octets;
        }
    }

    static final AddressField IPV4 = new AddressField(Kind.IPV4);
    static final AddressField IPV6 = new AddressField(Kind.IPV6);
    static final AddressField EUI48 = new AddressField(Kind.EUI48);
    static final AddressField EUI64 = new AddressField(Kind.EUI64);
    static final AddressField NODE64 = new AddressField(Kind.NODE64);

    private final Kind kind;

    private AddressField(Kind kind) {
        this.kind = kind;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        in.need("an address");
        switch (kind) {
            case IPV4 -> ipv4(in.text(), in.start(), in.end(), out);
            case IPV6 -> ipv6(in.text(), in.start(), in.end(), out);
            case EUI48, EUI64 -> pairs(in, out);
            case NODE64 -> node(in, out);
        }
        in.skip();
    }

    /// Four decimal numbers and nothing else; without zeros in front, which some take for octal.
    static void ipv4(byte[] text, int start, int end, Octets out) throws TextFault {
        int at = start;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (at >= end || text[at++] != '.')) throw notIpv4(start);
            int v = 0;
            int from = at;
            while (at < end && at - from < 3 && text[at] >= '0' && text[at] <= '9') {
                v = v * 10 + text[at++] - '0';
            }
            boolean padded = at > from + 1 && text[from] == '0';
            if (at == from || v > 255 || padded) throw notIpv4(start);
            out.u8(v);
        }
        if (at != end) throw notIpv4(start);
    }

    private static TextFault notIpv4(int start) {
        return new TextFault("not an IPv4 address", start);
    }

    /// Up to eight groups, `::` once, and at the end perhaps an IPv4 address (RFC 4291, 2.2).
    static void ipv6(byte[] text, int start, int end, Octets out) throws TextFault {
        int base = out.grow(16);
        byte[] a = out.array();
        int groups = 0;
        int gap = -1;
        int at = start;
        if (end - at >= 2 && text[at] == ':' && text[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < end) {
            int from = at;
            int v = 0;
            while (at < end && at - from < 4 && OctetField.hex(text[at]) >= 0) {
                v = v << 4 | OctetField.hex(text[at++]);
            }
            if (at < end && text[at] == '.' && groups <= 6) {
                int length = out.length();
                ipv4(text, from, end, out);
                System.arraycopy(out.array(), length, out.array(), base + groups * 2, 4);
                out.cut(length);
                a = out.array();
                groups += 2;
                at = end;
                break;
            }
            if (at == from || groups == 8) throw notIpv6(start);
            a[base + groups * 2] = (byte) (v >> 8);
            a[base + groups * 2 + 1] = (byte) v;
            groups++;
            if (at == end) break;
            if (text[at++] != ':') throw notIpv6(start);
            if (at < end && text[at] == ':') {
                if (gap >= 0) throw notIpv6(start);
                gap = groups;
                at++;
            } else if (at == end) {
                throw notIpv6(start);
            }
        }
        if (gap < 0 ? groups != 8 : groups > 7) throw notIpv6(start);
        if (gap >= 0) {
            int moved = (groups - gap) * 2;
            System.arraycopy(a, base + gap * 2, a, base + 16 - moved, moved);
            Arrays.fill(a, base + gap * 2, base + 16 - moved, (byte) 0);
        }
    }

    private static TextFault notIpv6(int start) {
        return new TextFault("not an IPv6 address", start);
    }

    private void pairs(Words in, Octets out) throws TextFault {
        byte[] text = in.text();
        int at = in.start();
        if (in.length() != kind.octets * 3 - 1) throw in.fault("not " + kind + ": " + in.word());
        for (int i = 0; i < kind.octets; i++, at += 3) {
            int high = OctetField.hex(text[at]);
            int low = OctetField.hex(text[at + 1]);
            boolean dashed = i == kind.octets - 1 || text[at + 2] == '-';
            if (high < 0 || low < 0 || !dashed) throw in.fault("not " + kind + ": " + in.word());
            out.u8(high << 4 | low);
        }
    }

    /// Four groups of four digits (RFC 6742, 2.1.2); leading zeros may be left out, if not
    /// everywhere.
    private static void node(Words in, Octets out) throws TextFault {
        byte[] text = in.text();
        int at = in.start();
        for (int group = 0; group < 4; group++) {
            int v = 0;
            int from = at;
            while (at < in.end() && at - from < 4 && OctetField.hex(text[at]) >= 0) {
                v = v << 4 | OctetField.hex(text[at++]);
            }
            boolean closed = group == 3 ? at == in.end() : at < in.end() && text[at] == ':';
            boolean whole = in.portable ? at == from + 4 : at > from;
            if (!whole || !closed) throw in.fault("not four groups: " + in.word());
            at++;
            out.u16(v);
        }
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        return kind.octets <= end - at ? at + kind.octets : -1;
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        switch (kind) {
            case IPV4 -> printIpv4(rdata, at, out);
            case IPV6 -> printIpv6(rdata, at, out);
            case EUI48, EUI64 -> {
                for (int i = 0; i < kind.octets; i++) {
                    if (i > 0) {
                        out.ch('-');
                    }
                    out.hexLower(rdata[at + i]);
                }
            }
            case NODE64 -> {
                for (int i = 0; i < 8; i++) {
                    if (i > 0 && i % 2 == 0) {
                        out.ch(':');
                    }
                    out.hexLower(rdata[at + i]);
                }
            }
        }
        return at + kind.octets;
    }

    static void printIpv4(byte[] rdata, int at, TextOut out) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out.ch('.');
            }
            out.decimal(rdata[at + i] & 0xff);
        }
    }

    static void printIpv6(byte[] rdata, int at, TextOut out) {
        long high = u32(rdata, at) << 32 | u32(rdata, at + 4);
        long low = u32(rdata, at + 8) << 32 | u32(rdata, at + 12);
        out.text(new Ipv6Address(high, low).toString());
    }
}
