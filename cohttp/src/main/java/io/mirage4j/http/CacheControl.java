// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// The directives of Cache-Control (RFC 9111, 5.2), names in lower case, an empty text for no
/// argument.
public record CacheControl(Map<String, String> directives) {
    public static final CacheControl NONE = new CacheControl(Map.of());

    /// The longest time that matters (1.2.2).
    private static final long FOREVER = 1L << 31;

    public CacheControl {
        directives = Collections.unmodifiableMap(new LinkedHashMap<>(directives));
    }

    public static CacheControl of(Fields fields) {
        return fields.list("cache-control").map(CacheControl::parse).orElse(NONE);
    }

    /// What is not a directive is passed over; of equal ones the first counts.
    public static CacheControl parse(String text) {
        Map<String, String> directives = new LinkedHashMap<>();
        var field = new FieldText(text);
        while (field.nextElement()) {
            String name = field.token();
            String argument = name == null ? null : field.take('=') ? field.tokenOrQuoted() : "";
            if (name == null || argument == null || !field.elementEnds()) {
                field.skipElement();
                continue;
            }
            directives.putIfAbsent(name.toLowerCase(Locale.ROOT), argument);
        }
        return new CacheControl(directives);
    }

    public boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /// Whether the directive is there and counts for the whole response, not for some fields alone.
    public boolean hasWhole(String directive) {
        return "".equals(directives.get(directive));
    }

    /// The argument of one that is a time. One that is no number is 0: stale, to be safe (4.2.1).
    public OptionalLong seconds(String directive) {
        String argument = directives.get(directive);
        if (argument == null) return OptionalLong.empty();
        boolean digits =
                !argument.isEmpty() && argument.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) return OptionalLong.of(0);
        return OptionalLong.of(
                argument.length() > 10 ? FOREVER : Math.min(FOREVER, Long.parseLong(argument)));
    }

    /// The field names that an argument lists, in lower case.
    public List<String> fieldNames(String directive) {
        List<String> names = new ArrayList<>();
        var field = new FieldText(directives.getOrDefault(directive, ""));
        while (field.nextElement()) {
            String name = field.token();
            if (name == null || !field.elementEnds()) {
                field.skipElement();
            } else {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    public String emit() {
        var out = new StringBuilder();
        directives.forEach(
                (name, argument) -> {
                    out.append(out.isEmpty() ? "" : ", ").append(name);
                    if (!argument.isEmpty()) {
                        out.append('=').append(FieldText.quoteIfNeeded(argument));
                    }
                });
        return out.toString();
    }
}
