// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes a URI of any text: splits it where a URI would be split (RFC 3986, appendix B) and escapes
/// what a component cannot hold. White space and angle brackets around it are taken for the
/// delimiters of appendix C. Nothing that means something is dropped: what is no port or no IP
/// address becomes part of a registered name.
final class LenientParser {
    /// Those in which browsers take `\` for `/`.
    private static final List<String> SLASH_SCHEMES =
            List.of("http", "https", "ws", "wss", "ftp", "file");

    private final String original;
    private final List<Repair> repairs = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    /// The original without what is left out, and for each character of it (and for its end) where
    /// it stood.
    private String text = "";

    private int[] positions = {};
    private boolean backslashIsSlash;
    private int at;

    LenientParser(String original) {
        this.original = original;
    }

    Repaired parse() {
        stripDelimiters();
        scheme();
        if (isSlash(at) && isSlash(at + 1)) authority();
        else if (out.isEmpty()) dotBeforeColon();
        path();
        if (Syntax.isAt(text, at, '?')) {
            tail(Component.QUERY, hashOrEnd());
        }
        if (Syntax.isAt(text, at, '#')) {
            tail(Component.FRAGMENT, text.length());
        }
        return new Repaired(Uri.of(out.toString()), repairs);
    }

    private void stripDelimiters() {
        int from = 0;
        int to = original.length();
        boolean bracketed;
        do {
            int start = from;
            while (from < to && original.charAt(from) <= ' ') from++;
            repaired(Repair.Kind.WHITE_SPACE, Component.URI, start, from);
            int end = to;
            while (from < to && original.charAt(to - 1) <= ' ') to--;
            repaired(Repair.Kind.WHITE_SPACE, Component.URI, to, end);
            bracketed = to - from >= 2 && isBracketed(from, to);
            if (bracketed) {
                boolean labelled = original.regionMatches(true, from + 1, "URL:", 0, 4);
                int skipped = labelled ? 5 : 1;
                repaired(Repair.Kind.DELIMITERS, Component.URI, from, from + skipped);
                repaired(Repair.Kind.DELIMITERS, Component.URI, to - 1, to);
                from += skipped;
                to--;
            }
        } while (bracketed);
        removeBreaks(from, to);
    }

    private boolean isBracketed(int from, int to) {
        return original.charAt(from) == '<' && original.charAt(to - 1) == '>';
    }

    private void removeBreaks(int from, int to) {
        var kept = new StringBuilder(to - from);
        int[] keptPositions = new int[to - from + 1];
        for (int i = from; i < to; i++) {
            char c = original.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                repaired(Repair.Kind.WHITE_SPACE, Component.URI, i, i + 1);
            } else {
                keptPositions[kept.length()] = i;
                kept.append(c);
            }
        }
        keptPositions[kept.length()] = to;
        text = kept.toString();
        positions = Arrays.copyOf(keptPositions, kept.length() + 1);
    }

    private void scheme() {
        int end = Syntax.skipScheme(text);
        if (!Syntax.isAt(text, end, ':') || !Syntax.isAlpha(text.charAt(0))) return;
        String scheme = text.substring(0, end);
        backslashIsSlash = SLASH_SCHEMES.stream().anyMatch(scheme::equalsIgnoreCase);
        out.append(scheme).append(':');
        at = end + 1;
    }

    private void authority() {
        slash();
        slash();
        int end = at;
        while (!Syntax.isPathEnd(text, end) && !isSlash(end)) end++;
        int sign = text.lastIndexOf('@', end - 1);
        if (sign >= at) {
            escape(Component.USERINFO, PercentSet.USERINFO, sign);
            out.append('@');
            at++;
        }
        int portStart = portStart(end);
        if (!ipLiteral(portStart)) {
            escape(Component.HOST, PercentSet.REG_NAME, portStart);
        }
        out.append(text, at, end);
        at = end;
    }

    /// The index of the last colon if only digits follow it, else `end`. A colon after a bracket
    /// that is still open belongs to the address.
    private int portStart(int end) {
        int colon = end - 1;
        while (colon >= at && Syntax.isDigit(text.charAt(colon))) colon--;
        if (colon < at || text.charAt(colon) != ':') return end;
        boolean isInBrackets = text.charAt(at) == '[' && text.charAt(colon - 1) != ']';
        return isInBrackets ? end : colon;
    }

    /// Takes an IP literal that ends at `end`, if there is one.
    private boolean ipLiteral(int end) {
        if (!Syntax.isAt(text, at, '[') || text.charAt(end - 1) != ']') return false;
        String literal = text.substring(at, end);
        if (IpLiteral.skip(literal, 0) != literal.length()) {
            int percent = literal.indexOf('%');
            if (percent < 0) return false;
            int zoneStart = literal.startsWith("%25", percent) ? percent + 3 : percent + 1;
            String zone = literal.substring(zoneStart, literal.length() - 1);
            String escaped = "%25" + PercentSet.UNRESERVED.encode(PercentSet.decode(zone));
            literal = literal.substring(0, percent) + escaped + "]";
            if (IpLiteral.skip(literal, 0) != literal.length()) return false;
            repaired(Repair.Kind.ZONE, Component.HOST, positions[at + percent], positions[end - 1]);
        }
        out.append(literal);
        at = end;
        return true;
    }

    private void dotBeforeColon() {
        int colon = text.indexOf(':');
        if (colon < 0) return;
        for (int i = 0; i < colon; i++) {
            if (Syntax.isAuthorityEnd(text, i)) return;
        }
        repaired(Repair.Kind.COLON, Component.PATH, positions[colon], positions[colon] + 1);
        out.append("./");
    }

    private void path() {
        while (!Syntax.isPathEnd(text, at)) {
            if (isSlash(at)) {
                slash();
                continue;
            }
            int end = at;
            while (!Syntax.isPathEnd(text, end) && !isSlash(end)) end++;
            escape(Component.PATH, PercentSet.PATH, end);
        }
    }

    private void tail(Component component, int end) {
        out.append(text.charAt(at++));
        escape(component, PercentSet.QUERY, end);
    }

    private int hashOrEnd() {
        int hash = text.indexOf('#', at);
        return hash < 0 ? text.length() : hash;
    }

    private boolean isSlash(int index) {
        return Syntax.isAt(text, index, '/')
                || (backslashIsSlash && Syntax.isAt(text, index, '\\'));
    }

    private void slash() {
        if (text.charAt(at) == '\\') {
            repaired(Repair.Kind.BACKSLASH, Component.URI, positions[at], positions[at] + 1);
        }
        out.append('/');
        at++;
    }

    /// Takes what is before `end`, escaping all that is not in `set`.
    private void escape(Component component, PercentSet set, int end) {
        while (at < end) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (set.contains(c)) {
                out.append((char) c);
            } else if (PercentSet.isEscape(text, at) && at + 3 <= end) {
                next = at + 3;
                out.append(text, at, next);
            } else {
                PercentSet.appendEscaped(out, c);
                repaired(kind(c), component, positions[at], positions[next - 1] + 1);
            }
            at = next;
        }
    }

    private static Repair.Kind kind(int c) {
        if (c == '%') return Repair.Kind.ESCAPE;
        return c < 128 ? Repair.Kind.CHARACTER : Repair.Kind.NOT_ASCII;
    }

    /// Notes a repair of the original's characters, as one with the last if it goes on from there.
    private void repaired(Repair.Kind kind, Component component, int from, int to) {
        if (from == to) return;
        if (!repairs.isEmpty()) {
            Repair last = repairs.getLast();
            int lastEnd = last.position() + last.length();
            if (last.kind() == kind && last.component() == component && lastEnd == from) {
                repairs.removeLast();
                repairs.add(new Repair(kind, component, last.position(), to - last.position()));
                return;
            }
        }
        repairs.add(new Repair(kind, component, from, to - from));
    }
}
