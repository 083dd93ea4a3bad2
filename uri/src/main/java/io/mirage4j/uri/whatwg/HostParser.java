// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

import io.mirage4j.uri.PercentSet;
import io.mirage4j.uri.idna.Idna;
import io.mirage4j.uri.idna.IdnaResult;

import org.jspecify.annotations.Nullable;

import java.util.function.IntUnaryOperator;

/// The host parser (URL Standard, 3.5) with the serialiser behind it: what it gives is the host as
/// it is written, which tells all that a host is.
final class HostParser {
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private final String text;
    private final int from;
    private final int to;
    private final boolean opaque;
    private final IntUnaryOperator positions;
    private final Report report;

    /// For the host in `text` from `from` to `to`; `positions` tells where an index of it was in
    /// the text that the report is on.
    HostParser(
            String text,
            int from,
            int to,
            boolean opaque,
            IntUnaryOperator positions,
            Report report) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.opaque = opaque;
        this.positions = positions;
        this.report = report;
    }

    @Nullable String parse() {
        if (from < to && text.charAt(from) == '[') {
            if (text.charAt(to - 1) != ']') return fail(ValidationError.IPV6_UNCLOSED, to);
            return new Ipv6Parser(text, from + 1, to - 1, positions, report).parse();
        }
        return opaque ? opaqueHost() : domainOrIpv4();
    }

    private @Nullable String opaqueHost() {
        for (int i = from; i < to; i++) {
            if (UrlCharacters.isForbiddenInHost(text.charAt(i))) {
                return fail(ValidationError.HOST_INVALID_CODE_POINT, i);
            }
        }
        if (report.wantsEverything()) {
            reportUnits();
        }
        var host = new StringBuilder(to - from + 16);
        PercentEncoder.append(host, text, from, to, PercentEncodeSets.C0_CONTROL);
        return host.toString();
    }

    private void reportUnits() {
        int strange = -1;
        int percent = -1;
        for (int i = to; i > from; ) {
            int c = text.codePointBefore(i);
            i -= Character.charCount(c);
            if (c == '%' && !UrlCharacters.isEscape(text, i, to)) {
                percent = i;
            }
            if (c != '%' && !UrlCharacters.isUrlCodePoint(c)) {
                strange = i;
            }
        }
        if (strange >= 0) {
            add(ValidationError.INVALID_URL_UNIT, strange);
        }
        if (percent >= 0) {
            add(ValidationError.INVALID_URL_UNIT, percent);
        }
    }

    private @Nullable String domainOrIpv4() {
        String domain = text.substring(from, to);
        boolean verbatim = true;
        if (domain.indexOf('%') >= 0) {
            domain = PercentSet.decode(domain);
            verbatim = domain.length() == to - from;
            if (!verbatim) {
                add(ValidationError.DOMAIN_PERCENT_ENCODED, from);
            }
        }
        String ascii = toAscii(domain, verbatim);
        if (ascii == null) return null;
        if (!endsInNumber(ascii)) return ascii;
        return new Ipv4Parser(ascii, positions.applyAsInt(from), report).parse();
    }

    /// The domain parser (3.3), not strict. A domain in ASCII is not looked into, whatever its
    /// `xn--` labels are.
    private @Nullable String toAscii(String domain, boolean verbatim) {
        if (report.wantsEverything()
                && Idna.STRICT.toAscii(domain) instanceof IdnaResult.Invalid(_, int position)) {
            add(ValidationError.DOMAIN_TO_ASCII, verbatim ? from + position : from);
        }
        String ascii;
        if (isAscii(domain)) {
            ascii = UrlCharacters.lowercase(domain);
        } else {
            switch (Idna.WEB.toAscii(domain)) {
                case IdnaResult.Domain(String name) -> ascii = name;
                case IdnaResult.Invalid(_, int position) -> {
                    return failDomain(verbatim ? from + position : from);
                }
            }
        }
        if (ascii.isEmpty()) return failDomain(from);
        for (int i = 0; i < ascii.length(); i++) {
            if (!UrlCharacters.isForbiddenInDomain(ascii.charAt(i))) continue;
            return failDomain(verbatim && ascii.length() == to - from ? from + i : from);
        }
        return ascii;
    }

    private static boolean isAscii(String domain) {
        for (int i = 0; i < domain.length(); i++) if (domain.charAt(i) >= 0x80) return false;
        return true;
    }

    /// The ends in a number checker: the last label is all digits, or `0x` and hex digits.
    private static boolean endsInNumber(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        int start = host.lastIndexOf('.', end - 1) + 1;
        return Ipv4Parser.isNumber(host, start, end);
    }

    static boolean hasDnsLength(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        if (end == 0 || end > MAX_NAME) return false;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i < end && host.charAt(i) != '.') continue;
            if (i == start || i - start > MAX_LABEL) return false;
            start = i + 1;
        }
        return true;
    }

    private void add(ValidationError error, int index) {
        report.add(error, positions.applyAsInt(index));
    }

    private @Nullable String fail(ValidationError error, int index) {
        report.fail(error, positions.applyAsInt(index));
        return null;
    }

    /// With everything reported, the strict check has said it already.
    private @Nullable String failDomain(int index) {
        report.failAgain(ValidationError.DOMAIN_TO_ASCII, positions.applyAsInt(index));
        return null;
    }
}
