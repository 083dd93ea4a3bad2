// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv6Address;

/// What an IPv6 header says.
public record Ipv6Header(
        int trafficClass,
        int flowLabel,
        int payloadLength,
        int nextHeader,
        int hopLimit,
        Ipv6Address source,
        Ipv6Address destination) {
    public Ipv6Header {
        if (flowLabel >>> 20 != 0) {
            throw new IllegalArgumentException("flow label " + flowLabel + " has over 20 bits");
        }
        if (payloadLength >>> 16 != 0) {
            throw new IllegalArgumentException("payload " + payloadLength + " > 65535");
        }
    }

    public static Decoded<Ipv6Header> parse(ReadOnlyCstruct buf, int off, int len) {
        Verdict verdict = Ipv6Wire.check(buf, off, len);
        if (verdict != Verdict.OK) return Decoded.refused(verdict);
        return Decoded.of(
                new Ipv6Header(
                        Ipv6Wire.trafficClass(buf, off),
                        Ipv6Wire.flowLabel(buf, off),
                        Ipv6Wire.payloadLength(buf, off),
                        Ipv6Wire.nextHeader(buf, off),
                        Ipv6Wire.hopLimit(buf, off),
                        new Ipv6Address(
                                Ipv6Wire.sourceHigh(buf, off), Ipv6Wire.sourceLow(buf, off)),
                        new Ipv6Address(
                                Ipv6Wire.destinationHigh(buf, off),
                                Ipv6Wire.destinationLow(buf, off))));
    }

    /// Writes [Ipv6Wire#HEADER_LENGTH] octets at `off`.
    public void emit(Cstruct buf, int off) {
        Ipv6Wire.put(
                buf,
                off,
                trafficClass,
                flowLabel,
                payloadLength,
                nextHeader,
                hopLimit,
                source.high(),
                source.low(),
                destination.high(),
                destination.low());
    }
}
