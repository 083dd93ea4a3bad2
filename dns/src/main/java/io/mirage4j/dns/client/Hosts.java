// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.Parsed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/// Names whose addresses are known without asking: a file `hosts` (hosts(5)), and `localhost`.
public final class Hosts {
    public static final Hosts NONE = new Hosts(Map.of(), List.of());

    private static final DnsName LOCALHOST = DnsName.of("localhost.");
    private static final List<IpAddress> LOOPBACK =
            List.of(Ipv6Address.LOOPBACK, Ipv4Address.LOOPBACK);

    private final Map<DnsName, List<IpAddress>> addresses;
    private final List<IgnoredLine> ignored;

    private Hosts(Map<DnsName, List<IpAddress>> addresses, List<IgnoredLine> ignored) {
        this.addresses = addresses;
        this.ignored = ignored;
    }

    /// Reads lines of an address and the names that have it; `#` begins a comment.
    public static Hosts parse(String text) {
        Map<DnsName, List<IpAddress>> addresses = new HashMap<>();
        List<IgnoredLine> ignored = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            int comment = line.indexOf('#');
            String content = comment < 0 ? line : line.substring(0, comment);
            var words = new StringTokenizer(content, " \t");
            if (!words.hasMoreTokens()) continue;
            String first = words.nextToken();
            if (!(IpAddress.parse(first) instanceof Parsed.Value<IpAddress>(IpAddress address))) {
                ignored.add(new IgnoredLine(number, first, "not an address"));
                continue;
            }
            while (words.hasMoreTokens()) {
                String word = words.nextToken();
                if (DnsName.parse(word, DnsName.ROOT) instanceof Parsed.Value<DnsName>(var name)) {
                    List<IpAddress> known = addresses.computeIfAbsent(name, _ -> new ArrayList<>());
                    if (!known.contains(address)) {
                        known.add(address);
                    }
                } else {
                    ignored.add(new IgnoredLine(number, word, "not a name"));
                }
            }
        }
        addresses.replaceAll((_, list) -> List.copyOf(list));
        return new Hosts(Map.copyOf(addresses), List.copyOf(ignored));
    }

    /// The addresses of a name; none if it has to be asked for.
    public List<IpAddress> addresses(DnsName name) {
        List<IpAddress> known = addresses.get(name);
        if (known != null) return known;
        // RFC 6761, 6.3: what is below localhost is this machine, and no server is asked.
        return name.isBelow(LOCALHOST) ? LOOPBACK : List.of();
    }

    public List<IgnoredLine> ignored() {
        return ignored;
    }
}
