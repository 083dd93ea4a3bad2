// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Rules of which the first that means somebody decides; who is not meant by any may not.
public record AccessList(List<AccessRule> rules) {
    public static final AccessList ANY = new AccessList(List.of(new AccessRule(true, null, null)));
    public static final AccessList NONE = new AccessList(List.of());

    public AccessList {
        rules = List.copyOf(rules);
    }

    /// Reads rules with commas between them, or `none`.
    public static Parsed<AccessList> parse(String text) {
        if (text.equals("none")) return new Parsed.Value<>(NONE);
        List<AccessRule> rules = new ArrayList<>();
        for (int start = 0; start <= text.length(); ) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            switch (AccessRule.parse(text.substring(start, end).strip())) {
                case Parsed.Value<AccessRule>(AccessRule rule) -> rules.add(rule);
                case Parsed.Malformed<AccessRule>(String reason, int any) -> {
                    return new Parsed.Malformed<>(reason, start);
                }
            }
            start = end + 1;
        }
        return new Parsed.Value<>(new AccessList(rules));
    }

    /// Whether a request from there, signed with that key or with none, is allowed.
    public boolean allows(IpAddress client, @Nullable DnsName key) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(client, key)) return rules.get(i).allows();
        }
        return false;
    }

    /// These rules behind one more.
    public AccessList after(AccessRule rule) {
        List<AccessRule> longer = new ArrayList<>(rules.size() + 1);
        longer.add(rule);
        longer.addAll(rules);
        return new AccessList(longer);
    }
}
