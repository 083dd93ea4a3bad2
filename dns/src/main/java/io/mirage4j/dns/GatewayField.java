// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// A gateway whose type stands before it: `.` for none, an address, a name. In IPSECKEY (RFC 4025)
/// an algorithm comes between the two; in AMTRELAY (RFC 8777) the type shares its octet with the
/// discovery flag.
final class GatewayField extends Field {
    static final GatewayField IPSECKEY = new GatewayField(true);
    static final GatewayField AMTRELAY = new GatewayField(false);

    private static final int NONE = 0;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int NAME = 3;

    private final boolean ipsec;

    private GatewayField(boolean ipsec) {
        this.ipsec = ipsec;
    }

    private int head() {
        return ipsec ? 2 : 1;
    }

    private int type(byte[] rdata, int at) {
        return ipsec ? rdata[at] & 0xff : rdata[at] & 0x7f;
    }

    @Override
    void parse(Words in, Octets out) throws TextFault {
        int discovery = ipsec ? 0 : (int) in.number(1);
        int typeAt = in.start();
        int type = (int) in.number(ipsec ? 0xff : 0x7f);
        out.u8(discovery << 7 | type);
        if (ipsec) {
            out.u8((int) in.number(0xff));
        }
        switch (type) {
            case NONE -> {
                in.need("a gateway");
                if (!in.is(".")) throw in.fault("not . for no gateway: " + in.word());
                in.skip();
            }
            case IPV4 -> AddressField.IPV4.parse(in, out);
            case IPV6 -> AddressField.IPV6.parse(in, out);
            case NAME -> NameField.NAME.parse(in, out);
            default -> throw new TextFault("unknown type of gateway " + type, typeAt);
        }
    }

    @Override
    int skip(byte[] rdata, int at, int end) {
        if (end - at < head()) return -1;
        int from = at + head();
        return switch (type(rdata, at)) {
            case NONE -> from;
            case IPV4 -> AddressField.IPV4.skip(rdata, from, end);
            case IPV6 -> AddressField.IPV6.skip(rdata, from, end);
            case NAME -> NameField.NAME.skip(rdata, from, end);
            default -> -1;
        };
    }

    @Override
    int read(byte[] raw, int at, int end, ReadOnlyCstruct message, int base, Octets out) {
        if (end - at < head()) return -1;
        if (type(raw, at) != NAME) return super.read(raw, at, end, message, base, out);
        out.bytes(raw, at, head());
        return NameField.NAME.read(raw, at + head(), end, message, base, out);
    }

    @Override
    int print(byte[] rdata, int at, TextOut out) {
        int from = at + head();
        int type = type(rdata, at);
        if (!ipsec) {
            out.decimal((rdata[at] & 0xff) >> 7).ch(' ');
        }
        out.decimal(type).ch(' ');
        if (ipsec) {
            out.decimal(rdata[at + 1] & 0xff).ch(' ');
        }
        return switch (type) {
            case IPV4 -> AddressField.IPV4.print(rdata, from, out);
            case IPV6 -> AddressField.IPV6.print(rdata, from, out);
            case NAME -> NameField.NAME.print(rdata, from, out);
            default -> {
                out.ch('.');
                yield from;
            }
        };
    }
}
