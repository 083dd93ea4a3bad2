// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The grammar of RFC 3986, appendix A, with `IPv6addrz` of RFC 6874, rule by rule as a regular
/// expression: the plain twin of the parser, by which it is judged.
final class Rfc3986Grammar {
    private static final String HEXDIG = "[0-9A-Fa-f]";
    private static final String PCT = "%" + HEXDIG + HEXDIG;
    private static final String UNRESERVED = "[A-Za-z0-9\\-._~]";
    private static final String SUB_DELIMS = "[!$&'()*+,;=]";

    private static final String SCHEME = "[A-Za-z][A-Za-z0-9+\\-.]*";
    private static final String USERINFO = any(UNRESERVED, PCT, SUB_DELIMS, ":") + "*";

    private static final String DEC_OCTET =
            any("25[0-5]", "2[0-4][0-9]", "1[0-9]{2}", "[1-9]?[0-9]");
    private static final String IPV4 = DEC_OCTET + "(?:\\." + DEC_OCTET + "){3}";
    private static final String H16 = HEXDIG + "{1,4}";
    private static final String LS32 = any(H16 + ":" + H16, IPV4);
    private static final String IPV6 =
            any(
                    groups("{6}") + LS32,
                    "::" + groups("{5}") + LS32,
                    before(0) + "::" + groups("{4}") + LS32,
                    before(1) + "::" + groups("{3}") + LS32,
                    before(2) + "::" + groups("{2}") + LS32,
                    before(3) + "::" + groups("") + LS32,
                    before(4) + "::" + LS32,
                    before(5) + "::" + H16,
                    before(6) + "::");
    private static final String ZONE = "%25" + any(UNRESERVED, PCT) + "+";
    private static final String IPVFUTURE =
            "[vV]" + HEXDIG + "+\\." + any(UNRESERVED, SUB_DELIMS, ":") + "+";
    private static final String IP_LITERAL =
            "\\[" + any(IPV6 + "(?:" + ZONE + ")?", IPVFUTURE) + "\\]";
    private static final String REG_NAME = any(UNRESERVED, PCT, SUB_DELIMS) + "*";
    private static final String AUTHORITY =
            "(?:(?<userinfo>"
                    + USERINFO
                    + ")@)?(?<host>"
                    + any(IP_LITERAL, IPV4, REG_NAME)
                    + ")(?::(?<port>[0-9]*))?";

    private static final String PCHAR = any(UNRESERVED, PCT, SUB_DELIMS, "[:@]");
    private static final String ABEMPTY = "(?:/" + PCHAR + "*)*";
    private static final String ABSOLUTE = "/(?:" + PCHAR + "+" + ABEMPTY + ")?";
    private static final String ROOTLESS = PCHAR + "+" + ABEMPTY;
    private static final String NOSCHEME = any(UNRESERVED, PCT, SUB_DELIMS, "@") + "+" + ABEMPTY;
    private static final String QUERY = any(PCHAR, "[/?]") + "*";
    private static final String TAIL =
            "(?:\\?(?<query>" + QUERY + "))?(?:#(?<fragment>" + QUERY + "))?";

    private static final Pattern URI =
            Pattern.compile(
                    "(?<scheme>" + SCHEME + "):" + hierarchy(any(ABSOLUTE, ROOTLESS, "")) + TAIL);
    private static final Pattern RELATIVE =
            Pattern.compile(hierarchy(any(ABSOLUTE, NOSCHEME, "")) + TAIL);

    /// The match of `URI-reference`, or null. Its groups are named like the components; the path is
    /// in `authorityPath` or `path`.
    static Matcher match(String text) {
        Matcher uri = URI.matcher(text);
        if (uri.matches()) return uri;
        Matcher relative = RELATIVE.matcher(text);
        return relative.matches() ? relative : null;
    }

    private static String hierarchy(String path) {
        return "(?://" + AUTHORITY + "(?<authorityPath>" + ABEMPTY + ")|(?<path>" + path + "))";
    }

    private static String any(String... alternatives) {
        return "(?:" + String.join("|", alternatives) + ")";
    }

    /// `*( h16 ":" )`, so many times.
    private static String groups(String times) {
        return "(?:" + H16 + ":)" + times;
    }

    /// `[ *n( h16 ":" ) h16 ]`
    private static String before(int n) {
        return "(?:" + groups("{0," + n + "}") + H16 + ")?";
    }

    private Rfc3986Grammar() {}
}
