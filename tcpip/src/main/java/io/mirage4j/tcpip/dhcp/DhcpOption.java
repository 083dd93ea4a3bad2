// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv4Address;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// An option of DHCP (RFC 2132): a code, a length, that many octets.
public record DhcpOption(int code, ReadOnlyCstruct octets) {
    public static final int PAD = 0;
    public static final int SUBNET_MASK = 1;
    public static final int ROUTER = 3;
    public static final int NAME_SERVER = 6;
    public static final int HOST_NAME = 12;
    public static final int DOMAIN_NAME = 15;
    public static final int MTU = 26;
    public static final int BROADCAST_ADDRESS = 28;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    public static final int OVERLOAD = 52;
    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_IDENTIFIER = 54;
    public static final int PARAMETER_REQUEST_LIST = 55;
    public static final int MAX_MESSAGE_SIZE = 57;
    public static final int RENEWAL_TIME = 58;
    public static final int REBINDING_TIME = 59;
    public static final int CLIENT_IDENTIFIER = 61;
    public static final int CLASSLESS_ROUTES = 121;
    public static final int END = 255;

    public DhcpOption {
        if (code <= PAD || code >= END) {
            throw new IllegalArgumentException("code " + code + " is not in 1..254");
        }
        if (octets.length() > 255) {
            throw new IllegalArgumentException("length " + octets.length() + " > 255");
        }
    }

    public static DhcpOption ofU8(int code, int... values) {
        Cstruct octets = Cstruct.create(values.length);
        for (int i = 0; i < values.length; i++) {
            octets.putU8(i, values[i]);
        }
        return new DhcpOption(code, octets.readOnly());
    }

    public static DhcpOption ofU16(int code, int value) {
        return ofU8(code, value >>> 8, value & 0xff);
    }

    public static DhcpOption of(int code, Ipv4Address address) {
        Cstruct octets = Cstruct.create(Ipv4Address.OCTETS);
        address.write(octets, 0);
        return new DhcpOption(code, octets.readOnly());
    }

    public static DhcpOption of(int code, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return new DhcpOption(code, Cstruct.of(octets).readOnly());
    }

    /// Adds the options in `len` octets up to the end mark; false if one is cut off.
    static boolean parseAll(ReadOnlyCstruct buf, int off, int len, List<DhcpOption> into) {
        int end = off + len;
        for (int at = off; at < end; ) {
            int code = buf.u8(at);
            if (code == END) return true;
            if (code == PAD) {
                at++;
                continue;
            }
            if (at + 2 > end || at + 2 + buf.u8(at + 1) > end) return false;
            int length = buf.u8(at + 1);
            byte[] octets = buf.toByteArray(at + 2, length);
            into.add(new DhcpOption(code, Cstruct.of(octets).readOnly()));
            at += 2 + length;
        }
        return true;
    }

    int lengthOctets() {
        return 2 + octets.length();
    }

    void emit(Cstruct buf, int off) {
        buf.putU8(off, code);
        buf.putU8(off + 1, octets.length());
        buf.put(off + 2, octets);
    }
}
