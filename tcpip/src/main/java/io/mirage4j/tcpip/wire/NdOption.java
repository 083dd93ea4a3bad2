// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.MacAddress;

import java.util.ArrayList;
import java.util.List;

/// An option of neighbour discovery (RFC 4861, 4.6): type, length in units of 8 octets, contents.
/// One that is not known, or not as its RFC wants it, is [Other]: it is kept, and means nothing.
public sealed interface NdOption {
    int SOURCE_LINK_ADDRESS = 1;
    int TARGET_LINK_ADDRESS = 2;
    int PREFIX = 3;
    int MTU = 5;
    int NONCE = 14;
    int ROUTE = 24;
    int RDNSS = 25;

    /// A MAC address.
    ///
    /// @param isTarget of whom: the target of the message, or its source
    record LinkAddress(boolean isTarget, MacAddress mac) implements NdOption {}

    /// A prefix of the link.
    ///
    /// @param flags L 0x80, A 0x40, as they stand
    /// @param valid seconds, unsigned; all ones is for ever
    record Prefix(IpPrefix prefix, int flags, int valid, int preferred, int reserved)
            implements NdOption {
        /// The addresses of the prefix are on the link.
        public boolean isOnLink() {
            return (flags & 0x80) != 0;
        }

        /// Hosts may make addresses of it (RFC 4862).
        public boolean isAutonomous() {
            return (flags & 0x40) != 0;
        }
    }

    record Mtu(int reserved, int mtu) implements NdOption {}

    /// What a probe is known again by.
    ///
    /// @param bits the 48 of RFC 7527; longer nonces are [Other]
    record Nonce(long bits) implements NdOption {}

    /// A route by way of the router (RFC 4191).
    ///
    /// @param flags preference 0x18, as they stand
    /// @param units its length on the wire, 1 to 3: what the prefix needs, or more
    record RouteInformation(IpPrefix prefix, int flags, int lifetime, int units)
            implements NdOption {}

    /// Name servers (RFC 8106).
    record Rdnss(int reserved, int lifetime, List<Ipv6Address> servers) implements NdOption {
        public Rdnss {
            servers = List.copyOf(servers);
        }
    }

    record Other(int type, ReadOnlyCstruct contents) implements NdOption {}

    /// Reads the options in `len` octets; null if one is cut off or has length 0, which makes the
    /// whole message invalid (RFC 4861, 4.6).
    static Decoded<List<NdOption>> parseAll(ReadOnlyCstruct buf, int off, int len) {
        List<NdOption> options = new ArrayList<>();
        int end = off + len;
        for (int at = off; at < end; ) {
            if (at + 2 > end) return Decoded.refused(Verdict.ND_BAD_OPTION);
            int octets = buf.u8(at + 1) << 3;
            if (octets == 0 || at + octets > end) return Decoded.refused(Verdict.ND_BAD_OPTION);
            options.add(parse(buf, at, octets));
            at += octets;
        }
        return Decoded.of(List.copyOf(options));
    }

    private static NdOption parse(ReadOnlyCstruct buf, int at, int octets) {
        int type = buf.u8(at);
        switch (type) {
            case SOURCE_LINK_ADDRESS, TARGET_LINK_ADDRESS -> {
                if (octets == 8) {
                    return new LinkAddress(
                            type == TARGET_LINK_ADDRESS, MacAddress.read(buf, at + 2));
                }
            }
            case PREFIX -> {
                if (octets == 32 && buf.u8(at + 2) <= 128) {
                    return new Prefix(
                            new IpPrefix(Ipv6Address.read(buf, at + 16), buf.u8(at + 2)),
                            buf.u8(at + 3),
                            buf.u32be(at + 4),
                            buf.u32be(at + 8),
                            buf.u32be(at + 12));
                }
            }
            case MTU -> {
                if (octets == 8) return new Mtu(buf.u16be(at + 2), buf.u32be(at + 4));
            }
            case NONCE -> {
                if (octets == 8) return new Nonce(buf.u48be(at + 2));
            }
            case ROUTE -> {
                int length = buf.u8(at + 2);
                if (octets <= 24 && length <= 128 && length <= (octets - 8) * 8) {
                    return new RouteInformation(
                            new IpPrefix(routePrefix(buf, at, octets), length),
                            buf.u8(at + 3),
                            buf.u32be(at + 4),
                            octets >>> 3);
                }
            }
            case RDNSS -> {
                if (octets >= 24 && (octets & 15) == 8) {
                    List<Ipv6Address> servers = new ArrayList<>();
                    for (int i = at + 8; i < at + octets; i += Ipv6Address.OCTETS) {
                        servers.add(Ipv6Address.read(buf, i));
                    }
                    return new Rdnss(buf.u16be(at + 2), buf.u32be(at + 4), servers);
                }
            }
            default -> {}
        }
        byte[] contents = buf.toByteArray(at + 2, octets - 2);
        return new Other(type, Cstruct.of(contents).readOnly());
    }

    private static Ipv6Address routePrefix(ReadOnlyCstruct buf, int at, int octets) {
        return new Ipv6Address(
                octets > 8 ? buf.u64be(at + 8) : 0, octets > 16 ? buf.u64be(at + 16) : 0);
    }

    default int lengthOctets() {
        return switch (this) {
            case LinkAddress _, Mtu _, Nonce _ -> 8;
            case Prefix _ -> 32;
            case RouteInformation route -> route.units << 3;
            case Rdnss rdnss -> 8 + Ipv6Address.OCTETS * rdnss.servers.size();
            case Other other -> 2 + other.contents.length();
        };
    }

    /// Writes [#lengthOctets] octets at `off`.
    default void emit(Cstruct buf, int off) {
        buf.putU8(off + 1, lengthOctets() >>> 3);
        switch (this) {
            case LinkAddress(boolean isTarget, MacAddress mac) -> {
                buf.putU8(off, isTarget ? TARGET_LINK_ADDRESS : SOURCE_LINK_ADDRESS);
                mac.write(buf, off + 2);
            }
            case Prefix(IpPrefix prefix, int flags, int valid, int preferred, int reserved) -> {
                buf.putU8(off, PREFIX);
                buf.putU8(off + 2, prefix.length());
                buf.putU8(off + 3, flags);
                buf.putU32be(off + 4, valid);
                buf.putU32be(off + 8, preferred);
                buf.putU32be(off + 12, reserved);
                prefix.address().write(buf, off + 16);
            }
            case Mtu(int reserved, int mtu) -> {
                buf.putU8(off, MTU);
                buf.putU16be(off + 2, reserved);
                buf.putU32be(off + 4, mtu);
            }
            case Nonce(long bits) -> {
                buf.putU8(off, NONCE);
                buf.putU48be(off + 2, bits);
            }
            case RouteInformation(IpPrefix prefix, int flags, int lifetime, int units) -> {
                buf.putU8(off, ROUTE);
                buf.putU8(off + 2, prefix.length());
                buf.putU8(off + 3, flags);
                buf.putU32be(off + 4, lifetime);
                if (units > 1) {
                    buf.putU64be(off + 8, Addresses.high(prefix.address()));
                }
                if (units > 2) {
                    buf.putU64be(off + 16, Addresses.low(prefix.address()));
                }
            }
            case Rdnss(int reserved, int lifetime, List<Ipv6Address> servers) -> {
                buf.putU8(off, RDNSS);
                buf.putU16be(off + 2, reserved);
                buf.putU32be(off + 4, lifetime);
                int at = off + 8;
                for (Ipv6Address server : servers) {
                    server.write(buf, at);
                    at += Ipv6Address.OCTETS;
                }
            }
            case Other(int type, ReadOnlyCstruct contents) -> {
                buf.putU8(off, type);
                buf.put(off + 2, contents);
            }
        }
    }
}
