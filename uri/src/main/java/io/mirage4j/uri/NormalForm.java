// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Locale;
import java.util.Set;

/// The normalizations of RFC 3986, 6.2. Escapes come first, since what they hide may be a dot
/// segment or a letter of the host.
final class NormalForm {
    private final Uri uri;
    private final Set<Normalization> wanted;

    private NormalForm(Uri uri, Set<Normalization> wanted) {
        this.uri = uri;
        this.wanted = wanted;
    }

    static Uri of(Uri uri, Set<Normalization> wanted) {
        Uri normal = new NormalForm(uri, wanted).normalized();
        return normal.equals(uri) ? uri : normal;
    }

    private Uri normalized() {
        return Resolution.compose(
                uri.scheme().map(this::scheme),
                uri.hostText().map(this::authority),
                path(),
                uri.query().map(this::escapes),
                uri.fragment().map(this::escapes));
    }

    private String scheme(String scheme) {
        return wanted.contains(Normalization.CASE) ? scheme.toLowerCase(Locale.ROOT) : scheme;
    }

    private String authority(String host) {
        var out = new StringBuilder();
        uri.userinfo().ifPresent(text -> out.append(escapes(text)).append('@'));
        out.append(host(host));
        uri.portText().filter(this::isPortNeeded).ifPresent(text -> out.append(':').append(text));
        return out.toString();
    }

    private boolean isPortNeeded(String port) {
        if (!wanted.contains(Normalization.DEFAULT_PORT)) return true;
        int usual = uri.scheme().map(Services::port).orElse(-1);
        return !port.isEmpty() && uri.port() != usual;
    }

    private String host(String host) {
        String text = escapes(host);
        if (!wanted.contains(Normalization.CASE)) return text;
        // A zone is a name that the system gives, and its case counts.
        int zone = host.startsWith("[") ? text.indexOf('%') : -1;
        int end = zone < 0 ? text.length() : zone;
        var out = new StringBuilder(text);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%') i += 2;
            else if (c >= 'A' && c <= 'Z') out.setCharAt(i, (char) (c | 0x20));
        }
        return out.toString();
    }

    private String path() {
        String path = escapes(uri.path());
        if (wanted.contains(Normalization.EMPTY_PATH) && path.isEmpty() && uri.hasAuthority()) {
            return "/";
        }
        if (!wanted.contains(Normalization.DOT_SEGMENTS)) return path;
        boolean relative = uri.isRelative() && !uri.hasAuthority() && !uri.isPathAbsolute();
        return relative ? DotSegments.removeFromRelative(path) : DotSegments.remove(path);
    }

    private String escapes(String text) {
        int first = text.indexOf('%');
        if (first < 0) return text;
        boolean decode = wanted.contains(Normalization.PERCENT_ENCODING);
        boolean upperCase = wanted.contains(Normalization.CASE);
        var out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c);
            if (c != '%') continue;
            int octet = PercentSet.escapedOctet(text, i);
            if (decode && PercentSet.UNRESERVED.contains(octet)) {
                out.setCharAt(out.length() - 1, (char) octet);
            } else {
                String digits = text.substring(i + 1, i + 3);
                out.append(upperCase ? digits.toUpperCase(Locale.ROOT) : digits);
            }
            i += 2;
        }
        return out.toString();
    }
}
