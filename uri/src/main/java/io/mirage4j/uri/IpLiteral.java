// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// Reads what stands between brackets (RFC 3986, 3.2.2, with the zones of RFC 6874) and dotted IPv4
/// addresses. Made for one address each, it remembers the value.
///
/// The scans give the index behind what they read, or the complement `~position` of the character
/// that is at fault.
final class IpLiteral {
    private static final int GROUPS = 8;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = -1; // how many groups stand before the "::"

    IpLiteral(String text) {
        this.text = text;
    }

    /// Scans `"[" ( IPv6address / IPv6addrz / IPvFuture ) "]"` from the bracket at `from` on.
    static int skip(String text, int from) {
        int i = from + 1;
        if (isIpvFuture(text, i)) i = skipIpvFuture(text, i);
        else i = new IpLiteral(text).readIpv6(i);
        if (i < 0) return i;
        if (Syntax.isAt(text, i, '%')) {
            i = skipZone(text, i);
        }
        if (i < 0) return i;
        return Syntax.isAt(text, i, ']') ? i + 1 : ~i;
    }

    static boolean isIpvFuture(String text, int from) {
        return Syntax.isAt(text, from, 'v') || Syntax.isAt(text, from, 'V');
    }

    /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
    private static int skipIpvFuture(String text, int from) {
        int i = from + 1;
        while (i < text.length() && PercentSet.hexDigit(text.charAt(i)) >= 0) i++;
        if (i == from + 1 || !Syntax.isAt(text, i, '.')) return ~i;
        int start = ++i;
        while (i < text.length() && Syntax.isIn(text.charAt(i), Syntax.USERINFO)) i++;
        return i == start || !Syntax.isAt(text, i, ']') ? ~i : i;
    }

    /// RFC 6874: `"%25" 1*( unreserved / pct-encoded )`
    private static int skipZone(String text, int from) {
        if (!text.startsWith("%25", from)) return ~from;
        int start = from + 3;
        int i = Syntax.skip(text, start, Syntax.UNRESERVED);
        return i == start ? ~i : i;
    }

    /// Reads an IPv6 address, which [#high] and [#low] give afterwards.
    int readIpv6(int from) {
        int i = from;
        if (text.startsWith("::", i)) {
            gap = 0;
            i += 2;
            if (!isHexDigit(i)) return i;
        }
        while (count < GROUPS) {
            int end = readGroup(i);
            if (Syntax.isAt(text, end, '.') && count < GROUPS - 1) return finish(readIpv4(i));
            if (end == i) return ~i;
            count++;
            i = end;
            if (!Syntax.isAt(text, i, ':')) break;
            if (Syntax.isAt(text, i + 1, ':')) {
                if (gap >= 0) return ~(i + 1);
                gap = count;
                i += 2;
                if (!isHexDigit(i)) break;
            } else if (isHexDigit(i + 1)) {
                if (count == GROUPS) return ~i;
                i++;
            } else {
                return ~(i + 1);
            }
        }
        return finish(i);
    }

    /// Eight groups without a gap, or fewer with one.
    private int finish(int end) {
        if (end < 0) return end;
        return gap < 0 == (count == GROUPS) ? end : ~end;
    }

    private int readGroup(int from) {
        int i = from;
        int value = 0;
        for (; i < from + 4 && isHexDigit(i); i++) {
            value = (value << 4) | PercentSet.hexDigit(text.charAt(i));
        }
        groups[count] = value;
        return i;
    }

    private boolean isHexDigit(int index) {
        return index < text.length() && PercentSet.hexDigit(text.charAt(index)) >= 0;
    }

    /// Reads a dotted IPv4 address into the next two groups.
    private int readIpv4(int from) {
        int end = skipIpv4(text, from);
        if (end < 0) return end;
        int address = ipv4(text, from);
        groups[count++] = address >>> 16;
        groups[count++] = address & 0xffff;
        return end;
    }

    /// Scans four `dec-octet` with dots between: no more than 255, no zero in front.
    static int skipIpv4(String text, int from) {
        int i = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0) {
                if (!Syntax.isAt(text, i, '.')) return ~i;
                i++;
            }
            int end = i;
            int value = 0;
            while (end < text.length() && Syntax.isDigit(text.charAt(end)) && end < i + 4) {
                value = value * 10 + text.charAt(end++) - '0';
            }
            boolean hasLeadingZero = end > i + 1 && text.charAt(i) == '0';
            if (end == i || value > 255 || hasLeadingZero) return ~i;
            i = end;
        }
        return i;
    }

    /// The value of an IPv4 address that [#skipIpv4] took.
    static int ipv4(String text, int from) {
        int address = 0;
        int value = 0;
        int dots = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Syntax.isDigit(c)) {
                value = value * 10 + c - '0';
            } else {
                if (c != '.' || ++dots == 4) break;
                address = (address << 8) | value;
                value = 0;
            }
        }
        return (address << 8) | value;
    }

    /// The first four groups.
    long high() {
        return long64(0);
    }

    /// The last four groups.
    long low() {
        return long64(GROUPS / 2);
    }

    private long long64(int first) {
        long value = 0;
        for (int i = first; i < first + GROUPS / 2; i++) value = (value << 16) | group(i);
        return value;
    }

    private int group(int index) {
        if (gap < 0 || index < gap) return groups[index];
        int missing = GROUPS - count;
        return index < gap + missing ? 0 : groups[index - missing];
    }
}
