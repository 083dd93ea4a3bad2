// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

/// A zone and where it is written, as the command line has it: `example.org=example.org.zone`.
record ZoneFile(DnsName zone, String file) {
    static Parsed<ZoneFile> parse(String text) {
        return switch (ForZone.<String>named(Parsed.Value::new).apply(text)) {
            case Parsed.Value<ForZone<String>>(ForZone<String> named) ->
                    named.what().isEmpty()
                            ? new Parsed.Malformed<>("no file behind the name", text.length())
                            : new Parsed.Value<>(new ZoneFile(named.name(), named.what()));
            case Parsed.Malformed<ForZone<String>>(String reason, int at) ->
                    new Parsed.Malformed<>(reason, at);
        };
    }

    @Override
    public String toString() {
        return zone + "=" + file;
    }
}
