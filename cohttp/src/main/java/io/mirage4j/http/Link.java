// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import io.mirage4j.uri.Uri;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A link of a Link field (RFC 8288): a reference to resolve, and its parameters, names in lower
/// case, the first of equal ones counting.
public record Link(String target, Map<String, String> parameters) {
    public Link {
        if (target.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '>' || c == '<')) {
            throw new IllegalArgumentException("not a URI reference: " + target);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Link of(String target, String relation) {
        return new Link(target, Map.of("rel", relation));
    }

    /// The links of a field; what is not one is passed over.
    public static List<Link> parse(String text) {
        List<Link> links = new ArrayList<>();
        var field = new FieldText(text);
        while (field.nextElement()) {
            if (!field.take('<')) {
                field.skipElement();
                continue;
            }
            String target = field.until(">").strip();
            boolean closed = field.take('>');
            Map<String, String> parameters = closed ? parameters(field) : null;
            boolean sound = target.chars().noneMatch(c -> c <= ' ' || c >= 0x7f || c == '<');
            if (parameters == null || !sound || !field.elementEnds()) {
                field.skipElement();
                continue;
            }
            links.add(new Link(target, parameters));
        }
        return links;
    }

    /// Unlike others, these may be without a value (B.3).
    private static Map<String, String> parameters(FieldText field) {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            field.skipBlanks();
            if (!field.take(';')) return parameters;
            field.skipBlanks();
            String name = field.token();
            if (name == null) continue;
            field.skipBlanks();
            String value = "";
            if (field.take('=')) {
                field.skipBlanks();
                String quoted = field.quoted();
                value = quoted != null ? quoted : field.until(";, \t");
            }
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }

    /// The relation types, in lower case.
    public List<String> relations() {
        List<String> relations = new ArrayList<>();
        var rel = new FieldText(parameters.getOrDefault("rel", "").toLowerCase(Locale.ROOT));
        for (rel.skipBlanks(); !rel.atEnd(); rel.skipBlanks()) {
            relations.add(rel.until(" \t"));
        }
        return relations;
    }

    /// What the link leads from, where it came in a representation at `base`: that, or what
    /// `anchor` says (RFC 8288, 3.2). Nothing if it says no reference, and then the link is to be
    /// ignored.
    public Optional<Uri> context(Uri base) {
        String anchor = parameters.get("anchor");
        return anchor == null ? Optional.of(base) : resolved(base, anchor);
    }

    /// What the link leads to, where it came in a representation at `base` (3.1).
    public Optional<Uri> target(Uri base) {
        return resolved(base, target);
    }

    private static Optional<Uri> resolved(Uri base, String reference) {
        return Uri.parse(reference) instanceof Uri parsed
                ? Optional.of(base.resolve(parsed))
                : Optional.empty();
    }

    /// The title, from `title*` (RFC 8187) if that can be read.
    public Optional<String> title() {
        Optional<String> extended =
                Optional.ofNullable(parameters.get("title*")).flatMap(Link::extended);
        return extended.isPresent() ? extended : Optional.ofNullable(parameters.get("title"));
    }

    /// `UTF-8'language'percent-encoded`.
    private static Optional<String> extended(String value) {
        int first = value.indexOf('\'');
        int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
        if (second < 0 || !value.substring(0, first).equalsIgnoreCase("utf-8")) {
            return Optional.empty();
        }
        byte[] octets = new byte[value.length()];
        int length = 0;
        for (int i = second + 1; i < value.length(); i++) {
            int c = value.charAt(i);
            if (c == '%') {
                int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
                if (low < 0) return Optional.empty();
                c = 16 * high + low;
                i += 2;
            }
            octets[length++] = (byte) c;
        }
        return Optional.of(new String(octets, 0, length, StandardCharsets.UTF_8));
    }

    public String emit() {
        var out = new StringBuilder("<").append(target).append('>');
        parameters.forEach(
                (name, value) -> {
                    out.append("; ").append(name).append('=');
                    out.append(
                            name.endsWith("*") && FieldText.isToken(value)
                                    ? value
                                    : FieldText.quote(value));
                });
        return out.toString();
    }
}
