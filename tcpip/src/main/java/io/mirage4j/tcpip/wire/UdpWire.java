// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The UDP header on the wire (RFC 768), read and written in place; `off` is its first octet. Once
/// [#check] returns [Verdict#OK] the readers stay in the datagram. Nothing here allocates.
///
/// ```
///  0             15 16            31
/// +----------------+----------------+
/// |  source port   |  destination   |
/// |    length      |    checksum    |
/// +----------------+----------------+
/// ```
public final class UdpWire {
    public static final int HEADER_LENGTH = 8;

    private static final int DESTINATION_PORT = 2;
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 6;

    /// Tells whether the `available` octets from `off` hold one whole datagram. Octets past its
    /// length belong to IP, and are no fault.
    public static Verdict check(ReadOnlyCstruct buf, int off, int available) {
        if (available < HEADER_LENGTH) return Verdict.UDP_TRUNCATED;
        int length = length(buf, off);
        if (length < HEADER_LENGTH) return Verdict.UDP_BAD_LENGTH;
        return length <= available ? Verdict.OK : Verdict.UDP_TRUNCATED;
    }

    public static int sourcePort(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off);
    }

    public static int destinationPort(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + DESTINATION_PORT);
    }

    public static int length(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + LENGTH);
    }

    /// 0: there is none.
    public static int checksum(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + CHECKSUM);
    }

    /// Writes a header without a checksum.
    public static void put(Cstruct buf, int off, int sourcePort, int destinationPort, int length) {
        buf.putU16be(off, sourcePort);
        buf.putU16be(off + DESTINATION_PORT, destinationPort);
        buf.putU16be(off + LENGTH, length);
        buf.putU16be(off + CHECKSUM, 0);
    }

    public static void putChecksum(Cstruct buf, int off, int sum) {
        // Zero on the wire means "no checksum", so a computed zero travels as all ones.
        buf.putU16be(off + CHECKSUM, sum == 0 ? 0xffff : sum);
    }

    private UdpWire() {}
}
