// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The order in which addresses of a host are worth a try (RFC 6724, 6).
///
/// Rules 3, 4 and 7 want to know of deprecated, home and tunnelled addresses, which nobody tells
/// here. Rule 9, the longest common prefix, is left to IPv6: in IPv4, where networks near each
/// other have nothing in common, it would only undo the turns in which servers list addresses.
public final class AddressOrder {
    private static final int LINK_LOCAL = 0x2;
    private static final int SITE_LOCAL = 0x5;
    private static final int GLOBAL = 0xe;

    /// What counts of a common prefix: RFC 6724, 2.2, the rest tells interfaces apart.
    private static final int NETWORK_BITS = 64;

    private static final IpPrefix V4_LINK_LOCAL = IpPrefix.of("169.254.0.0/16");
    private static final IpPrefix V6_SITE_LOCAL = IpPrefix.of("fec0::/10");

    private record Policy(IpPrefix prefix, int precedence, int label) {}

    /// RFC 6724, 2.1, the longest prefix first.
    private static final List<Policy> POLICIES =
            List.of(
                    new Policy(IpPrefix.of("::1/128"), 50, 0),
                    new Policy(IpPrefix.of("::ffff:0:0/96"), 35, 4),
                    new Policy(IpPrefix.of("::/96"), 1, 3),
                    new Policy(IpPrefix.of("2001::/32"), 5, 5),
                    new Policy(IpPrefix.of("2002::/16"), 30, 2),
                    new Policy(IpPrefix.of("3ffe::/16"), 1, 12),
                    new Policy(V6_SITE_LOCAL, 1, 11),
                    new Policy(IpPrefix.of("fc00::/7"), 3, 13),
                    new Policy(IpPrefix.of("::/0"), 40, 1));

    /// What the rules ask of a destination, one after the other: a smaller number comes first.
    private record Key(
            IpAddress address,
            int unusable,
            int otherScope,
            int otherLabel,
            int last,
            int scope,
            int uncommon) {}

    private static final Comparator<Key> RULES =
            Comparator.comparingInt(Key::unusable)
                    .thenComparingInt(Key::otherScope)
                    .thenComparingInt(Key::otherLabel)
                    .thenComparingInt(Key::last)
                    .thenComparingInt(Key::scope)
                    .thenComparingInt(Key::uncommon);

    /// The best first, as far as that can be told without knowing this machine's own addresses.
    public static List<IpAddress> sort(List<IpAddress> addresses) {
        return byKeys(addresses, AddressOrder::blind);
    }

    /// The best first.
    public static List<IpAddress> sort(List<IpAddress> addresses, SourceAddresses sources) {
        return byKeys(addresses, address -> key(address, sources.towards(address)));
    }

    private interface Keys {
        Key of(IpAddress address);
    }

    private static List<IpAddress> byKeys(List<IpAddress> addresses, Keys keys) {
        List<Key> sorted = new ArrayList<>();
        for (IpAddress address : addresses) sorted.add(keys.of(address));
        sorted.sort(RULES); // stable: rule 10
        return sorted.stream().map(Key::address).toList();
    }

    private static Key blind(IpAddress address) {
        return new Key(address, 0, 0, 0, -policy(address).precedence, scope(address), 0);
    }

    private static Key key(IpAddress address, @Nullable IpAddress source) {
        Policy policy = policy(address);
        int scope = scope(address);
        if (source == null) return new Key(address, 1, 0, 0, -policy.precedence, scope, 0);
        int common =
                plain(address) instanceof Ipv6Address
                        ? Math.min(NETWORK_BITS, address.commonPrefixLength(source))
                        : 0;
        return new Key(
                address,
                0,
                scope == scope(source) ? 0 : 1,
                policy.label == policy(source).label ? 0 : 1,
                -policy.precedence,
                scope,
                -common);
    }

    private static Policy policy(IpAddress address) {
        IpAddress wide = address instanceof Ipv4Address v4 ? Ipv6Address.mapped(v4) : address;
        for (Policy policy : POLICIES) if (policy.prefix.contains(wide)) return policy;
        throw new AssertionError("::/0 has every address, but not " + address);
    }

    /// RFC 6724, 3.1 and 3.2.
    private static int scope(IpAddress address) {
        return switch (plain(address)) {
            case Ipv4Address v4 ->
                    v4.isLoopback() || V4_LINK_LOCAL.contains(v4) ? LINK_LOCAL : GLOBAL;
            case Ipv6Address v6 -> {
                if (v6.isMulticast()) yield (int) (v6.high() >>> 48) & 15;
                if (v6.isLoopback() || v6.isLinkLocal()) yield LINK_LOCAL;
                yield V6_SITE_LOCAL.contains(v6) ? SITE_LOCAL : GLOBAL;
            }
        };
    }

    /// An IPv4 address as one, also where it comes as `::ffff:192.0.2.1`.
    private static IpAddress plain(IpAddress address) {
        return address instanceof Ipv6Address v6 && v6.mappedV4().isPresent()
                ? v6.mappedV4().get()
                : address;
    }

    private AddressOrder() {}
}
