// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv6Address;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A message of neighbour discovery (RFC 4861, 4), from its ICMPv6 type on. Its checksum is for
/// ICMPv6 to judge.
public sealed interface NdMessage {
    record RouterSolicitation(int reserved, List<NdOption> options) implements NdMessage {}

    /// What a router says of itself and of the link.
    ///
    /// @param flags M 0x80, O 0x40, preference 0x18 (RFC 4191)
    /// @param lifetime of the default route, seconds
    /// @param reachable milliseconds, 0 unspecified
    /// @param retrans milliseconds, 0 unspecified
    record RouterAdvertisement(
            int hopLimit,
            int flags,
            int lifetime,
            int reachable,
            int retrans,
            List<NdOption> options)
            implements NdMessage {}

    record NeighbourSolicitation(int reserved, Ipv6Address target, List<NdOption> options)
            implements NdMessage {}

    /// Who has an address.
    ///
    /// @param flags R 0x80000000, S 0x40000000, O 0x20000000
    record NeighbourAdvertisement(int flags, Ipv6Address target, List<NdOption> options)
            implements NdMessage {
        public static final int ROUTER = 1 << 31;
        public static final int SOLICITED = 1 << 30;
        public static final int OVERRIDE = 1 << 29;
    }

    record Redirect(
            int reserved, Ipv6Address target, Ipv6Address destination, List<NdOption> options)
            implements NdMessage {}

    List<NdOption> options();

    /// Reads the message in `len` octets. Its code must be 0.
    static Decoded<NdMessage> parse(ReadOnlyCstruct buf, int off, int len) {
        if (len < 8) return Decoded.refused(Verdict.ND_TRUNCATED);
        int type = IcmpWire.type(buf, off);
        int fixed = fixedLength(type);
        if (fixed < 0 || IcmpWire.code(buf, off) != 0) {
            return Decoded.refused(Verdict.ICMP_TYPE_UNKNOWN);
        }
        if (len < fixed) return Decoded.refused(Verdict.ND_TRUNCATED);
        return switch (NdOption.parseAll(buf, off + fixed, len - fixed)) {
            case Decoded.Refused<List<NdOption>>(Verdict verdict) -> Decoded.refused(verdict);
            case Decoded.Whole<List<NdOption>>(List<NdOption> options) ->
                    Decoded.of(read(type, buf, off, options));
        };
    }

    private static NdMessage read(int type, ReadOnlyCstruct buf, int off, List<NdOption> options) {
        int rest = IcmpWire.rest(buf, off);
        return switch (type) {
            case IcmpWire.ROUTER_SOLICITATION -> new RouterSolicitation(rest, options);
            case IcmpWire.ROUTER_ADVERTISEMENT ->
                    new RouterAdvertisement(
                            rest >>> 24,
                            rest >>> 16 & 0xff,
                            rest & 0xffff,
                            buf.u32be(off + 8),
                            buf.u32be(off + 12),
                            options);
            case IcmpWire.NEIGHBOUR_SOLICITATION ->
                    new NeighbourSolicitation(rest, Ipv6Address.read(buf, off + 8), options);
            case IcmpWire.NEIGHBOUR_ADVERTISEMENT ->
                    new NeighbourAdvertisement(rest, Ipv6Address.read(buf, off + 8), options);
            default ->
                    new Redirect(
                            rest,
                            Ipv6Address.read(buf, off + 8),
                            Ipv6Address.read(buf, off + 24),
                            options);
        };
    }

    private static int fixedLength(int type) {
        return switch (type) {
            case IcmpWire.ROUTER_SOLICITATION -> 8;
            case IcmpWire.ROUTER_ADVERTISEMENT -> 16;
            case IcmpWire.NEIGHBOUR_SOLICITATION, IcmpWire.NEIGHBOUR_ADVERTISEMENT -> 24;
            case IcmpWire.REDIRECT_V6 -> 40;
            default -> -1;
        };
    }

    default int type() {
        return switch (this) {
            case RouterSolicitation _ -> IcmpWire.ROUTER_SOLICITATION;
            case RouterAdvertisement _ -> IcmpWire.ROUTER_ADVERTISEMENT;
            case NeighbourSolicitation _ -> IcmpWire.NEIGHBOUR_SOLICITATION;
            case NeighbourAdvertisement _ -> IcmpWire.NEIGHBOUR_ADVERTISEMENT;
            case Redirect _ -> IcmpWire.REDIRECT_V6;
        };
    }

    default int lengthOctets() {
        int length = fixedLength(type());
        for (NdOption option : options()) {
            length += option.lengthOctets();
        }
        return length;
    }

    /// Writes [#lengthOctets] octets at `off`, with a checksum of 0.
    default void emit(Cstruct buf, int off) {
        int rest =
                switch (this) {
                    case RouterSolicitation message -> message.reserved;
                    case RouterAdvertisement message ->
                            message.hopLimit << 24 | message.flags << 16 | message.lifetime;
                    case NeighbourSolicitation message -> message.reserved;
                    case NeighbourAdvertisement message -> message.flags;
                    case Redirect message -> message.reserved;
                };
        IcmpWire.put(buf, off, type(), 0, rest);
        switch (this) {
            case RouterSolicitation _ -> {}
            case RouterAdvertisement message -> {
                buf.putU32be(off + 8, message.reachable);
                buf.putU32be(off + 12, message.retrans);
            }
            case NeighbourSolicitation message -> message.target.write(buf, off + 8);
            case NeighbourAdvertisement message -> message.target.write(buf, off + 8);
            case Redirect message -> {
                message.target.write(buf, off + 8);
                message.destination.write(buf, off + 24);
            }
        }
        int at = off + fixedLength(type());
        for (NdOption option : options()) {
            option.emit(buf, at);
            at += option.lengthOctets();
        }
    }

    /// The link-layer address that comes with the message, of its source or of its target.
    default @Nullable Long mac(boolean ofTarget) {
        for (NdOption option : options()) {
            if (option instanceof NdOption.LinkAddress(boolean isTarget, var mac)
                    && isTarget == ofTarget) {
                return mac.bits();
            }
        }
        return null;
    }
}
