// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A challenge, or credentials, of some scheme (RFC 9110, 11): either a token68 or parameters,
/// names in lower case. The scheme's case does not matter.
///
/// @param token68 empty where there are parameters
public record Challenge(String scheme, String token68, Map<String, String> parameters) {
    private static final String TOKEN68_MARKS = "-._~+/";

    public Challenge {
        if (!FieldText.isToken(scheme)) {
            throw new IllegalArgumentException("not a scheme: " + scheme);
        }
        if (!token68.isEmpty() && (!parameters.isEmpty() || !isToken68(token68))) {
            throw new IllegalArgumentException("not a token68 alone: " + scheme);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// A challenge with a realm.
    public static Challenge of(String scheme, String realm) {
        return new Challenge(scheme, "", Map.of("realm", realm));
    }

    /// The challenges of WWW-Authenticate or Proxy-Authenticate, where commas part challenges and
    /// parameters alike; nothing if any of it is not of the form.
    public static Optional<List<Challenge>> parseList(String text) {
        List<Challenge> challenges = new ArrayList<>();
        var field = new FieldText(text);
        while (field.nextElement()) {
            Optional<Challenge> challenge = parse(field);
            if (challenge.isEmpty() || !field.elementEnds()) return Optional.empty();
            challenges.add(challenge.get());
        }
        return Optional.of(challenges);
    }

    /// The credentials of Authorization or Proxy-Authorization.
    public static Optional<Challenge> parseCredentials(String text) {
        var field = new FieldText(text.strip());
        Optional<Challenge> credentials = parse(field);
        return field.atEnd() ? credentials : Optional.empty();
    }

    private static Optional<Challenge> parse(FieldText field) {
        String scheme = field.token();
        if (scheme == null) return Optional.empty();
        if (!field.take(' ')) return Optional.of(new Challenge(scheme, "", Map.of()));
        field.skipBlanks();
        int from = field.at();
        String token68 = token68(field);
        if (!token68.isEmpty() && field.elementEnds()) {
            return Optional.of(new Challenge(scheme, token68, Map.of()));
        }
        field.back(from);
        return Optional.of(new Challenge(scheme, "", parameters(field)));
    }

    private static String token68(FieldText field) {
        var out = new StringBuilder();
        while (isToken68(field.peek())) {
            out.append((char) field.peek());
            field.take((char) field.peek());
        }
        if (!out.isEmpty()) {
            while (field.take('=')) {
                out.append('=');
            }
        }
        return out.toString();
    }

    /// Up to what is not a parameter: the end, or the scheme of the next challenge.
    private static Map<String, String> parameters(FieldText field) {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            int from = field.at();
            if (!field.nextElement()) return parameters;
            String name = field.token();
            field.skipBlanks();
            boolean named = name != null && field.take('=');
            field.skipBlanks();
            String value = named ? field.tokenOrQuoted() : null;
            if (name == null || value == null || !field.elementEnds()) {
                field.back(from);
                return parameters;
            }
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }

    private static boolean isToken68(int c) {
        int lower = c | 0x20;
        return (c < 0x80 && lower >= 'a' && lower <= 'z')
                || (c >= '0' && c <= '9')
                || (c > 0 && TOKEN68_MARKS.indexOf(c) >= 0);
    }

    private static boolean isToken68(String text) {
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '=') {
            end--;
        }
        return text.substring(0, end).chars().allMatch(Challenge::isToken68);
    }

    public boolean hasScheme(String scheme) {
        return this.scheme.equalsIgnoreCase(scheme);
    }

    public Optional<String> realm() {
        return Optional.ofNullable(parameters.get("realm"));
    }

    public String emit() {
        var out = new StringBuilder(scheme);
        if (!token68.isEmpty()) {
            out.append(' ').append(token68);
        }
        String before = " ";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.append(before).append(parameter.getKey()).append('=');
            out.append(FieldText.quote(parameter.getValue()));
            before = ", ";
        }
        return out.toString();
    }

    /// Without what must not be in a log.
    @Override
    public String toString() {
        return "Challenge[" + scheme + "]";
    }
}
