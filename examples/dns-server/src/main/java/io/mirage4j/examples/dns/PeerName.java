// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An address, and the name of the key for it: `192.0.2.1:53+key:NAME`.
record PeerName(Endpoint endpoint, @Nullable DnsName key) {
    private static final String KEY = "+key:";

    /// Several, with commas between them.
    static Parsed<List<PeerName>> parse(String text) {
        List<PeerName> peers = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            try {
                peers.add(one(text.substring(start, end)));
            } catch (IllegalArgumentException e) {
                return new Parsed.Malformed<>(String.valueOf(e.getMessage()), start);
            }
            start = end + 1;
        }
        return new Parsed.Value<>(List.copyOf(peers));
    }

    private static PeerName one(String text) {
        int plus = text.indexOf(KEY);
        return plus < 0
                ? new PeerName(Endpoint.of(text), null)
                : new PeerName(
                        Endpoint.of(text.substring(0, plus)),
                        DnsName.of(text.substring(plus + KEY.length())));
    }
}
