// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

import java.util.ArrayList;
import java.util.List;

/// In which domains a name is looked for that somebody typed.
///
/// @param domains put behind the name, in this order
/// @param ndots with how many dots in it a name is first tried as it is
public record SearchList(List<DnsName> domains, int ndots) {
    public static final int MOST_DOMAINS = 32;

    public static final SearchList NONE = new SearchList(List.of(), 1);

    public SearchList {
        domains = List.copyOf(domains);
        if (domains.size() > MOST_DOMAINS || ndots < 0) {
            throw new IllegalArgumentException(
                    "%d domains > %d, or ndots %d < 0"
                            .formatted(domains.size(), MOST_DOMAINS, ndots));
        }
    }

    /// The names that `text` may mean, the likeliest first. One that ends in a dot means itself.
    public Parsed<List<DnsName>> candidates(String text) {
        Parsed<DnsName> parsed = DnsName.parse(text, DnsName.ROOT);
        return switch (parsed) {
            case Parsed.Value<DnsName>(DnsName name) ->
                    new Parsed.Value<>(isAbsolute(text) ? List.of(name) : relative(name));
            case Parsed.Malformed<DnsName>(String reason, int position) ->
                    new Parsed.Malformed<>(reason, position);
        };
    }

    private List<DnsName> relative(DnsName name) {
        List<DnsName> candidates = new ArrayList<>();
        boolean isFirst = name.labels() - 1 >= ndots;
        if (isFirst) {
            candidates.add(name);
        }
        for (DnsName domain : domains) {
            // The root is the name as it is, which comes in its own turn.
            if (domain.isRoot()) continue;
            DnsName below = name.rebase(DnsName.ROOT, domain);
            if (below != null) {
                candidates.add(below);
            }
        }
        if (!isFirst) {
            candidates.add(name);
        }
        return List.copyOf(candidates);
    }

    /// Whether the last character is a dot that is not escaped.
    private static boolean isAbsolute(String text) {
        int at = text.length() - 1;
        if (at < 0 || text.charAt(at) != '.') return false;
        int escapes = 0;
        while (at - 1 - escapes >= 0 && text.charAt(at - 1 - escapes) == '\\') escapes++;
        return escapes % 2 == 0;
    }
}
