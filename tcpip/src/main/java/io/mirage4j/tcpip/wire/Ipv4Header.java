// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv4Address;

/// What an IPv4 header says.
///
/// @param fragment three flags and the offset in units of 8 octets
/// @param options their octets, padding included: a multiple of four, at most 40
/// @param payloadLength how many octets follow the header
public record Ipv4Header(
        int tos,
        int identification,
        int fragment,
        int ttl,
        int protocol,
        Ipv4Address source,
        Ipv4Address destination,
        ReadOnlyCstruct options,
        int payloadLength) {
    public Ipv4Header {
        int header = Ipv4Wire.HEADER_LENGTH + options.length();
        if ((header & 3) != 0 || header > Ipv4Wire.MAX_HEADER_LENGTH) {
            throw new IllegalArgumentException(
                    "options of " + options.length() + " octets are no multiple of 4 up to 40");
        }
        if (payloadLength < 0 || header + payloadLength > Ipv4Wire.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "payload " + payloadLength + " + header " + header + " > 65535");
        }
    }

    public static Decoded<Ipv4Header> parse(ReadOnlyCstruct buf, int off, int len) {
        Verdict verdict = Ipv4Wire.check(buf, off, len);
        if (verdict != Verdict.OK) return Decoded.refused(verdict);
        int header = Ipv4Wire.headerLength(buf, off);
        int optionOctets = header - Ipv4Wire.HEADER_LENGTH;
        byte[] options = buf.toByteArray(off + Ipv4Wire.HEADER_LENGTH, optionOctets);
        return Decoded.of(
                new Ipv4Header(
                        Ipv4Wire.tos(buf, off),
                        Ipv4Wire.identification(buf, off),
                        Ipv4Wire.fragment(buf, off),
                        Ipv4Wire.ttl(buf, off),
                        Ipv4Wire.protocol(buf, off),
                        new Ipv4Address(Ipv4Wire.source(buf, off)),
                        new Ipv4Address(Ipv4Wire.destination(buf, off)),
                        Cstruct.of(options).readOnly(),
                        Ipv4Wire.totalLength(buf, off) - header));
    }

    public int lengthOctets() {
        return Ipv4Wire.HEADER_LENGTH + options.length();
    }

    /// Writes [#lengthOctets] octets at `off`, with their checksum.
    public void emit(Cstruct buf, int off) {
        buf.put(off + Ipv4Wire.HEADER_LENGTH, options);
        Ipv4Wire.put(
                buf,
                off,
                lengthOctets(),
                tos,
                lengthOctets() + payloadLength,
                identification,
                fragment,
                ttl,
                protocol,
                source.bits(),
                destination.bits());
    }
}
