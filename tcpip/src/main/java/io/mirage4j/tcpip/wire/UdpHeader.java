// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// What a UDP header says.
///
/// @param length of the datagram, header included
/// @param checksum 0 if there is none
public record UdpHeader(int sourcePort, int destinationPort, int length, int checksum) {
    public UdpHeader {
        if (length < UdpWire.HEADER_LENGTH || length > 0xffff) {
            throw new IllegalArgumentException("length " + length + " is not in 8..65535");
        }
    }

    public static Decoded<UdpHeader> parse(ReadOnlyCstruct buf, int off, int len) {
        Verdict verdict = UdpWire.check(buf, off, len);
        if (verdict != Verdict.OK) return Decoded.refused(verdict);
        return Decoded.of(
                new UdpHeader(
                        UdpWire.sourcePort(buf, off),
                        UdpWire.destinationPort(buf, off),
                        UdpWire.length(buf, off),
                        UdpWire.checksum(buf, off)));
    }

    /// Writes [UdpWire#HEADER_LENGTH] octets at `off`.
    public void emit(Cstruct buf, int off) {
        UdpWire.put(buf, off, sourcePort, destinationPort, length);
        if (checksum != 0) {
            UdpWire.putChecksum(buf, off, checksum);
        }
    }
}
