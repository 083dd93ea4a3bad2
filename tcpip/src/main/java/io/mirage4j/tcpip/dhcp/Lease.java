// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.dhcp;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a DHCP server gave.
///
/// @param address in its network
/// @param server who gave it
/// @param routes the default one first if there is one
/// @param seconds how long it is ours, unsigned; all ones is for ever
/// @param mtu of the link; 0 if the server does not say
public record Lease(
        IpPrefix address,
        Ipv4Address server,
        List<Hop> routes,
        List<Ipv4Address> nameServers,
        String domain,
        int seconds,
        int renewalSeconds,
        int rebindingSeconds,
        int mtu) {
    private static final int MOST = 16;
    private static final int FOR_EVER = -1;

    /// A way to a network; the unspecified address is the link itself.
    public record Hop(IpPrefix network, Ipv4Address router) {}

    public Lease {
        routes = List.copyOf(routes);
        nameServers = List.copyOf(nameServers);
    }

    /// What an ACK gives, or why nothing can be made of it.
    static Decoded<Lease> of(DhcpMessage ack) {
        Ipv4Address address = ack.yourAddress();
        Ipv4Address server = address(ack.option(DhcpOption.SERVER_IDENTIFIER));
        ReadOnlyCstruct lease = ack.option(DhcpOption.LEASE_TIME);
        boolean unusable =
                address.isUnspecified()
                        || address.isMulticast()
                        || address.isLoopback()
                        || address.isBroadcast();
        if (unusable || server == null || lease == null || lease.length() != 4) {
            return Decoded.refused(Verdict.DHCP_MALFORMED);
        }
        int seconds = lease.u32be(0);
        long whole = Integer.toUnsignedLong(seconds);
        // RFC 2131, 4.4.5: by default a half, and seven eighths.
        int renewal = time(ack, DhcpOption.RENEWAL_TIME, whole / 2, whole);
        int rebinding = time(ack, DhcpOption.REBINDING_TIME, whole * 7 / 8, whole);
        if (Integer.compareUnsigned(renewal, rebinding) > 0) {
            renewal = (int) (whole / 2);
            rebinding = (int) (whole * 7 / 8);
        }
        ReadOnlyCstruct domain = ack.option(DhcpOption.DOMAIN_NAME);
        ReadOnlyCstruct mtu = ack.option(DhcpOption.MTU);
        return Decoded.of(
                new Lease(
                        new IpPrefix(address, prefixLength(ack, address)),
                        server,
                        routes(ack),
                        addresses(ack.option(DhcpOption.NAME_SERVER)),
                        domain == null ? "" : domain.text(StandardCharsets.ISO_8859_1),
                        seconds,
                        renewal,
                        rebinding,
                        mtu != null && mtu.length() == 2 ? mtu.u16be(0) : 0));
    }

    public boolean isForEver() {
        return seconds == FOR_EVER;
    }

    private static int time(DhcpMessage ack, int code, long otherwise, long most) {
        ReadOnlyCstruct given = ack.option(code);
        if (given == null || given.length() != 4) return (int) otherwise;
        long value = Integer.toUnsignedLong(given.u32be(0));
        return (int) (value <= most ? value : otherwise);
    }

    private static @Nullable Ipv4Address address(@Nullable ReadOnlyCstruct option) {
        List<Ipv4Address> all = addresses(option);
        return all.isEmpty() ? null : all.getFirst();
    }

    private static List<Ipv4Address> addresses(@Nullable ReadOnlyCstruct option) {
        List<Ipv4Address> result = new ArrayList<>();
        if (option != null) {
            for (int at = 0; at + 4 <= option.length() && result.size() < MOST; at += 4) {
                result.add(Ipv4Address.read(option, at));
            }
        }
        return result;
    }

    /// Of the mask; that of the address's class if there is none, or one with holes.
    private static int prefixLength(DhcpMessage ack, Ipv4Address address) {
        ReadOnlyCstruct mask = ack.option(DhcpOption.SUBNET_MASK);
        if (mask != null && mask.length() == 4) {
            int bits = mask.u32be(0);
            int ones = Integer.numberOfLeadingZeros(~bits);
            if (ones > 0 && bits == -1 << (32 - ones)) return ones;
        }
        int first = address.bits() >>> 24;
        return first < 128 ? 8 : first < 192 ? 16 : 24;
    }

    /// RFC 3442: classless routes, if there are any, are all there are.
    private static List<Hop> routes(DhcpMessage ack) {
        List<Hop> result = new ArrayList<>();
        ReadOnlyCstruct classless = ack.option(DhcpOption.CLASSLESS_ROUTES);
        if (classless == null) {
            for (Ipv4Address router : addresses(ack.option(DhcpOption.ROUTER))) {
                result.add(new Hop(new IpPrefix(Ipv4Address.UNSPECIFIED, 0), router));
            }
            return result;
        }
        for (int at = 0; at < classless.length() && result.size() < MOST; ) {
            int length = classless.u8(at);
            int octets = (length + 7) >>> 3;
            if (length > 32 || at + 1 + octets + 4 > classless.length()) break;
            int network = 0;
            for (int i = 0; i < octets; i++) {
                network |= classless.u8(at + 1 + i) << (24 - 8 * i);
            }
            result.add(
                    new Hop(
                            new IpPrefix(new Ipv4Address(network), length).network(),
                            Ipv4Address.read(classless, at + 1 + octets)));
            at += 1 + octets + 4;
        }
        return result;
    }
}
