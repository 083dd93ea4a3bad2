// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// What ICMP (RFC 792) and ICMPv6 (RFC 4443) share: type, code, checksum, four octets that depend
/// on the type. `off` is the first octet. Nothing here allocates.
public final class IcmpWire {
    public static final int HEADER_LENGTH = 8;

    // ICMP
    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    // codes of UNREACHABLE
    public static final int NET = 0;
    public static final int HOST = 1;
    public static final int PROTOCOL = 2;
    public static final int PORT = 3;
    public static final int FRAGMENTATION_NEEDED = 4;
    public static final int SOURCE_ROUTE_FAILED = 5;

    /// Code of TIME_EXCEEDED, of both versions.
    public static final int REASSEMBLY = 1;

    // ICMPv6
    public static final int UNREACHABLE_V6 = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED_V6 = 3;
    public static final int PARAMETER_PROBLEM_V6 = 4;
    public static final int ECHO_V6 = 128;
    public static final int ECHO_REPLY_V6 = 129;
    public static final int MLD_QUERY = 130;
    public static final int MLD_REPORT = 131;
    public static final int MLD_DONE = 132;
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;
    public static final int REDIRECT_V6 = 137;
    public static final int MLDV2_REPORT = 143;

    // codes of UNREACHABLE_V6
    public static final int NO_ROUTE_V6 = 0;
    public static final int PROHIBITED_V6 = 1;
    public static final int ADDRESS_V6 = 3;
    public static final int PORT_V6 = 4;

    // codes of PARAMETER_PROBLEM_V6
    public static final int BAD_FIELD = 0;
    public static final int UNKNOWN_NEXT_HEADER = 1;
    public static final int UNKNOWN_OPTION = 2;
    public static final int INCOMPLETE_HEADER_CHAIN = 3;

    private static final int CHECKSUM = 2;
    private static final int REST = 4;

    public static int type(ReadOnlyCstruct buf, int off) {
        return buf.u8(off);
    }

    public static int code(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + 1);
    }

    /// The four octets behind the checksum: identifier and sequence number, an MTU, a pointer.
    public static int rest(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + REST);
    }

    /// Tells whether `len` octets from `off` are a message with a valid checksum.
    ///
    /// @param pseudoHeader its sum, 0 in IPv4
    public static Verdict check(ReadOnlyCstruct buf, int off, int len, long pseudoHeader) {
        if (len < HEADER_LENGTH) return Verdict.ICMP_TRUNCATED;
        long sum = pseudoHeader + InternetChecksum.onesComplementSum(buf, off, len);
        return InternetChecksum.isValid(sum) ? Verdict.OK : Verdict.ICMP_BAD_CHECKSUM;
    }

    /// Writes the first 8 octets, with a checksum of 0.
    public static void put(Cstruct buf, int off, int type, int code, int rest) {
        buf.putU8(off, type);
        buf.putU8(off + 1, code);
        buf.putU16be(off + CHECKSUM, 0);
        buf.putU32be(off + REST, rest);
    }

    public static void putChecksum(Cstruct buf, int off, int checksum) {
        buf.putU16be(off + CHECKSUM, checksum);
    }

    public static int checksum(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + CHECKSUM);
    }

    private IcmpWire() {}
}
