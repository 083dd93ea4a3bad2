// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// Something of one zone, as `NAME=WHAT`, or of all zones that nothing is said of, as `WHAT`.
record ForZone<T>(@Nullable DnsName zone, T what) {
    /// Makes a reader of both forms from one of `WHAT`.
    static <T> Function<String, Parsed<ForZone<T>>> reader(Function<String, Parsed<T>> reader) {
        return text -> {
            int equals = text.indexOf('=');
            DnsName zone = null;
            if (equals >= 0) {
                try {
                    zone = DnsName.of(text.substring(0, equals));
                } catch (IllegalArgumentException e) {
                    return new Parsed.Malformed<>(String.valueOf(e.getMessage()), 0);
                }
            }
            return switch (reader.apply(text.substring(equals + 1))) {
                case Parsed.Value<T>(T value) -> new Parsed.Value<>(new ForZone<>(zone, value));
                case Parsed.Malformed<T>(String reason, int at) ->
                        new Parsed.Malformed<>(reason, at + equals + 1);
            };
        };
    }

    /// As [#reader], for what has to name a zone.
    static <T> Function<String, Parsed<ForZone<T>>> named(Function<String, Parsed<T>> reader) {
        return text ->
                text.indexOf('=') < 0
                        ? new Parsed.Malformed<>("no NAME= before it", 0)
                        : ForZone.reader(reader).apply(text);
    }

    /// What was said last of `zone`, else of all, else `others`.
    static <T> T of(DnsName zone, List<ForZone<T>> said, T others) {
        T found = others;
        for (ForZone<T> one : said) {
            if (one.zone == null) {
                found = one.what;
            }
        }
        for (ForZone<T> one : said) {
            if (zone.equals(one.zone)) {
                found = one.what;
            }
        }
        return found;
    }

    /// The zone of what was read by [#named].
    DnsName name() {
        if (zone == null) throw new IllegalStateException("of no zone");
        return zone;
    }
}
