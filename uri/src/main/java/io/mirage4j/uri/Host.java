// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// The host of a URI by its kind (RFC 3986, 3.2.2). Written as text it is what stands in a URI, IP
/// addresses in their recommended form.
public sealed interface Host {
    /// A registered name, mostly of the DNS; may be empty. `text` is as in the URI, escapes and
    /// all.
    record RegName(String text) implements Host {
        public RegName {
            if (Syntax.skip(text, 0, Syntax.REG_NAME) < text.length()) {
                throw new IllegalArgumentException("no reg-name: " + text);
            }
            if (IpLiteral.skipIpv4(text, 0) == text.length()) {
                throw new IllegalArgumentException("an IPv4 address, no reg-name: " + text);
            }
        }

        /// The name with its escapes undone.
        public String decoded() {
            return PercentSet.decode(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// An IPv4 address, its first octet highest.
    record Ipv4(int address) implements Host {
        @Override
        public String toString() {
            return IpText.ipv4(address);
        }
    }

    /// An IPv6 address: its first eight octets, its last, and the zone (RFC 6874), which is empty
    /// if there is none. The zone is plain text, such as `eth0`.
    record Ipv6(long high, long low, String zone) implements Host {
        @Override
        public String toString() {
            String zoned = zone.isEmpty() ? "" : "%25" + PercentSet.UNRESERVED.encode(zone);
            return "[" + IpText.ipv6(high, low) + zoned + "]";
        }
    }

    /// An address of a later version, which nobody has defined yet: `version` is its hexadecimal
    /// number, `address` what follows the dot.
    record IpvFuture(String version, String address) implements Host {
        public IpvFuture {
            String text = "[v" + version + "." + address + "]";
            if (IpLiteral.skip(text, 0) != text.length() || version.indexOf('.') >= 0) {
                throw new IllegalArgumentException("no IPvFuture: " + text);
            }
        }

        @Override
        public String toString() {
            return "[v" + version + "." + address + "]";
        }
    }

    /// Reads a host as it stands in a URI, an IPv6 address in brackets. For literals; text from
    /// elsewhere is better parsed as part of the URI.
    static Host of(String text) {
        String reference = "//" + text;
        if (UriParser.parse(reference) instanceof Uri uri && uri.isHostOnly()) {
            return of(reference, 2, reference.length());
        }
        throw new IllegalArgumentException("no host: " + text);
    }

    /// The host that a parser has found between two indices.
    static Host of(String text, int from, int to) {
        if (!Syntax.isAt(text, from, '[')) {
            return IpLiteral.skipIpv4(text, from) == to
                    ? new Ipv4(IpLiteral.ipv4(text, from))
                    : new RegName(text.substring(from, to));
        }
        if (IpLiteral.isIpvFuture(text, from + 1)) {
            int dot = text.indexOf('.', from);
            return new IpvFuture(text.substring(from + 2, dot), text.substring(dot + 1, to - 1));
        }
        var literal = new IpLiteral(text);
        int end = literal.readIpv6(from + 1);
        String zone = end == to - 1 ? "" : PercentSet.decode(text.substring(end + 3, to - 1));
        return new Ipv6(literal.high(), literal.low(), zone);
    }
}
