// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

/// Who is meant, by address, by key, or both, and whether they may.
///
/// @param from null for any address
/// @param key the name of the key that requests are signed with; null for any, or none
public record AccessRule(boolean allows, @Nullable IpPrefix from, @Nullable DnsName key) {
    /// Reads `192.0.2.0/24`, `192.0.2.1`, `key:NAME`, `192.0.2.0/24+key:NAME`, or `any`; with a `!`
    /// in front they may not.
    public static Parsed<AccessRule> parse(String text) {
        boolean allows = !text.startsWith("!");
        String rest = allows ? text : text.substring(1);
        if (rest.isEmpty()) return new Parsed.Malformed<>("no rule", text.length());
        if (rest.equals("any")) return new Parsed.Value<>(new AccessRule(allows, null, null));
        int plus = rest.indexOf('+');
        String address = rest.startsWith("key:") ? "" : plus < 0 ? rest : rest.substring(0, plus);
        String key = address.isEmpty() ? rest : plus < 0 ? "" : rest.substring(plus + 1);
        IpPrefix from = null;
        if (!address.isEmpty()) {
            Parsed<IpPrefix> prefix = prefix(address);
            if (!(prefix instanceof Parsed.Value<IpPrefix>(IpPrefix found))) {
                return new Parsed.Malformed<>(address + " is no address and no network", 0);
            }
            from = found;
        }
        DnsName name = null;
        if (!key.isEmpty()) {
            if (!key.startsWith("key:")
                    || !(DnsName.parse(key.substring(4), DnsName.ROOT)
                            instanceof Parsed.Value<DnsName>(DnsName found))) {
                return new Parsed.Malformed<>(key + " is not key:NAME", 0);
            }
            name = found;
        }
        return new Parsed.Value<>(new AccessRule(allows, from, name));
    }

    private static Parsed<IpPrefix> prefix(String text) {
        if (text.indexOf('/') >= 0) return IpPrefix.parse(text);
        return switch (IpAddress.parse(text)) {
            case Parsed.Value<IpAddress>(IpAddress one) ->
                    new Parsed.Value<>(new IpPrefix(one, 8 * one.lengthOctets()));
            case Parsed.Malformed<IpAddress>(String reason, int at) ->
                    new Parsed.Malformed<>(reason, at);
        };
    }

    /// Whether a request from there, signed with that key or with none, is meant.
    boolean matches(IpAddress client, @Nullable DnsName signedWith) {
        boolean there = from == null || from.contains(plain(client));
        return there && (key == null || key.equals(signedWith));
    }

    /// An IPv4 address that a socket for both kinds shows as `::ffff:192.0.2.1`, as itself.
    private static IpAddress plain(IpAddress client) {
        if (client instanceof Ipv6Address(long high, long low)
                && high == 0
                && low >>> 32 == 0xffff) {
            return new Ipv4Address((int) low);
        }
        return client;
    }
}
