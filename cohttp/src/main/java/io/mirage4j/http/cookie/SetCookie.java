// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.cookie;

import io.mirage4j.http.HttpDate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A cookie as a server sets it (RFC 6265bis, 4.1 and 5.6). [#parse] takes what browsers take; what
/// is built here and emitted keeps to the narrower grammar for servers.
///
/// @param expires seconds since 1970
/// @param maxAge in seconds; 0 or less: at once. Goes before `expires`.
/// @param domain without a dot before it; empty for the host alone
/// @param path empty for the default one
public record SetCookie(
        String name,
        String value,
        OptionalLong expires,
        OptionalLong maxAge,
        String domain,
        String path,
        boolean secure,
        boolean httpOnly,
        SameSite sameSite) {

    /// Whether requests that another site caused carry the cookie.
    public enum SameSite {
        DEFAULT,
        STRICT,
        LAX,
        NONE
    }

    /// Name and value together, and each attribute (5.6).
    private static final int MOST_PAIR = 4096;

    private static final int MOST_ATTRIBUTE = 1024;

    /// No cookie lives longer than this: 400 days (5.5).
    private static final long MOST_AGE = 400L * 86_400;

    /// A cookie for the host and this path, until the client ends.
    public static SetCookie of(String name, String value) {
        return new SetCookie(
                name,
                value,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                "",
                false,
                false,
                SameSite.DEFAULT);
    }

    public SetCookie withMaxAge(long seconds) {
        return new SetCookie(
                name,
                value,
                expires,
                OptionalLong.of(seconds),
                domain,
                path,
                secure,
                httpOnly,
                sameSite);
    }

    public SetCookie withDomain(String domain) {
        return new SetCookie(
                name, value, expires, maxAge, domain, path, secure, httpOnly, sameSite);
    }

    public SetCookie withPath(String path) {
        return new SetCookie(
                name, value, expires, maxAge, domain, path, secure, httpOnly, sameSite);
    }

    /// Sent over TLS only, not shown to scripts, and not to other sites' requests.
    public SetCookie guarded() {
        return new SetCookie(name, value, expires, maxAge, domain, path, true, true, SameSite.LAX);
    }

    /// The cookie of a Set-Cookie field, or nothing if it is to be ignored.
    public static Optional<SetCookie> parse(String field) {
        if (field.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            return Optional.empty();
        }
        int end = field.indexOf(';');
        String pair = end < 0 ? field : field.substring(0, end);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if ((name + value).isEmpty() || name.length() + value.length() > MOST_PAIR) {
            return Optional.empty();
        }
        // 5.7: a name must not be smuggled in by a value without one.
        if (name.isEmpty() && hasPrefix(value, "__secure-", "__host-")) return Optional.empty();
        SetCookie cookie = of(name, value);
        while (end >= 0) {
            int from = end + 1;
            end = field.indexOf(';', from);
            cookie = cookie.with(field.substring(from, end < 0 ? field.length() : end));
        }
        return Optional.of(cookie);
    }

    static boolean hasPrefix(String text, String... prefixes) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String prefix : prefixes) {
            if (lower.startsWith(prefix)) return true;
        }
        return false;
    }

    private SetCookie with(String attribute) {
        int equals = attribute.indexOf('=');
        String key = equals < 0 ? attribute : attribute.substring(0, equals);
        String text = equals < 0 ? "" : attribute.substring(equals + 1).strip();
        if (text.length() > MOST_ATTRIBUTE) return this;
        return switch (key.strip().toLowerCase(Locale.ROOT)) {
            case "expires" -> {
                long seconds = CookieDate.parse(text);
                yield seconds == HttpDate.NONE
                        ? this
                        : new SetCookie(
                                name,
                                value,
                                OptionalLong.of(seconds),
                                maxAge,
                                domain,
                                path,
                                secure,
                                httpOnly,
                                sameSite);
            }
            case "max-age" -> isNumber(text) ? withMaxAge(age(text)) : this;
            case "domain" ->
                    withDomain(
                            (text.startsWith(".") ? text.substring(1) : text)
                                    .toLowerCase(Locale.ROOT));
            case "path" -> withPath(text.startsWith("/") ? text : "");
            case "secure" ->
                    new SetCookie(
                            name, value, expires, maxAge, domain, path, true, httpOnly, sameSite);
            case "httponly" ->
                    new SetCookie(
                            name, value, expires, maxAge, domain, path, secure, true, sameSite);
            case "samesite" ->
                    new SetCookie(
                            name,
                            value,
                            expires,
                            maxAge,
                            domain,
                            path,
                            secure,
                            httpOnly,
                            sameSite(text));
            default -> this;
        };
    }

    private static boolean isNumber(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long age(String text) {
        if (text.startsWith("-")) return 0;
        return text.length() > 10 ? MOST_AGE : Math.min(MOST_AGE, Long.parseLong(text));
    }

    private static SameSite sameSite(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "strict" -> SameSite.STRICT;
            case "lax" -> SameSite.LAX;
            case "none" -> SameSite.NONE;
            default -> SameSite.DEFAULT;
        };
    }

    /// When the cookie ends, in seconds since 1970; empty: with the client.
    OptionalLong end(long nowSeconds) {
        if (maxAge.isPresent()) {
            long age = maxAge.getAsLong();
            return OptionalLong.of(
                    age <= 0 ? Long.MIN_VALUE : nowSeconds + Math.min(age, MOST_AGE));
        }
        return expires.isPresent()
                ? OptionalLong.of(Math.min(expires.getAsLong(), nowSeconds + MOST_AGE))
                : expires;
    }

    /// The value of Set-Cookie. Fails on what the grammar for servers does not have.
    public String emit() {
        check("name", name, "()<>@,;:\\\"/[]?={} \t");
        check("value", value, ",;\\\" \t");
        check("domain", domain, "; ");
        check("path", path, ";");
        if (name.isEmpty()) throw new IllegalArgumentException("a cookie without a name");
        var out = new StringBuilder(name).append('=').append(value);
        expires.ifPresent(seconds -> out.append("; Expires=").append(HttpDate.emit(seconds)));
        maxAge.ifPresent(seconds -> out.append("; Max-Age=").append(seconds));
        out.append(domain.isEmpty() ? "" : "; Domain=" + domain);
        out.append(path.isEmpty() ? "" : "; Path=" + path);
        out.append(secure ? "; Secure" : "").append(httpOnly ? "; HttpOnly" : "");
        out.append(
                switch (sameSite) {
                    case DEFAULT -> "";
                    case STRICT -> "; SameSite=Strict";
                    case LAX -> "; SameSite=Lax";
                    case NONE -> "; SameSite=None";
                });
        return out.toString();
    }

    private static void check(String what, String text, String refused) {
        if (text.chars().anyMatch(c -> c < ' ' || c >= 0x7f || refused.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("not a cookie's " + what + ": " + text);
        }
    }
}
