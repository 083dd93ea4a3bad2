// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one proxy said of a request in Forwarded (RFC 7239). A client can write the field too: only
/// what trusted proxies added, at the end of the list, is worth anything.
public record Forwarded(Map<String, String> parameters) {
    public Forwarded {
        parameters.keySet().forEach(Forwarded::checkName);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    private static void checkName(String name) {
        if (!FieldText.isToken(name)) {
            throw new IllegalArgumentException("not a parameter: " + name);
        }
    }

    /// All elements, the one nearest to the client first; nothing if any of it is not of the form,
    /// since whoever skips an element trusts the wrong one.
    public static Optional<List<Forwarded>> parse(String text) {
        List<Forwarded> elements = new ArrayList<>();
        var field = new FieldText(text);
        while (field.nextElement()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            do {
                field.skipBlanks();
                String name = field.token();
                String value = name != null && field.take('=') ? field.tokenOrQuoted() : null;
                if (name == null
                        || value == null
                        || parameters.put(name.toLowerCase(Locale.ROOT), value) != null) {
                    return Optional.empty();
                }
                field.skipBlanks();
            } while (field.take(';'));
            if (!field.elementEnds()) return Optional.empty();
            elements.add(new Forwarded(parameters));
        }
        return Optional.of(elements);
    }

    /// Who asked the proxy: an address, perhaps with a port, `unknown`, or a name that begins with
    /// an underscore.
    public Optional<String> requester() {
        return Optional.ofNullable(parameters.get("for"));
    }

    public Optional<String> by() {
        return Optional.ofNullable(parameters.get("by"));
    }

    public Optional<String> host() {
        return Optional.ofNullable(parameters.get("host"));
    }

    public Optional<String> proto() {
        return Optional.ofNullable(parameters.get("proto"));
    }

    public String emit() {
        var out = new StringBuilder();
        parameters.forEach(
                (name, value) ->
                        out.append(out.isEmpty() ? "" : ";")
                                .append(name)
                                .append('=')
                                .append(FieldText.quoteIfNeeded(value)));
        return out.toString();
    }
}
