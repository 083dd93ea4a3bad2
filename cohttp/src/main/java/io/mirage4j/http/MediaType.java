// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A media type (RFC 9110, 8.3.1); type, subtype and the names of parameters in lower case.
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    public MediaType {
        if (!FieldText.isToken(type) || !FieldText.isToken(subtype)) {
            throw new IllegalArgumentException("not a media type: " + type + "/" + subtype);
        }
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Optional<MediaType> parse(String text) {
        var field = new FieldText(text.strip());
        Optional<MediaType> type = parse(field);
        return field.atEnd() ? type : Optional.empty();
    }

    static Optional<MediaType> parse(FieldText field) {
        String type = field.token();
        String subtype = type != null && field.take('/') ? field.token() : null;
        Map<String, String> parameters = subtype == null ? null : field.parameters();
        if (type == null || subtype == null || parameters == null) return Optional.empty();
        field.skipBlanks();
        return Optional.of(new MediaType(type, subtype, parameters));
    }

    /// For a literal that is known to be one.
    public static MediaType of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a media type: " + text));
    }

    public Optional<String> charset() {
        return Optional.ofNullable(parameters.get("charset"));
    }

    /// `type/subtype` without parameters.
    public String essence() {
        return type + "/" + subtype;
    }

    public String emit() {
        var out = new StringBuilder(essence());
        parameters.forEach(
                (name, value) ->
                        out.append("; ")
                                .append(name)
                                .append('=')
                                .append(FieldText.quoteIfNeeded(value)));
        return out.toString();
    }

    @Override
    public String toString() {
        return emit();
    }
}
