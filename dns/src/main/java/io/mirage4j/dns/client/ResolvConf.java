// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Parsed;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/// What a file `resolv.conf` says (resolv.conf(5)), read as the C library does: a line that means
/// nothing is passed over, here with a note.
///
/// Without a server the one on this machine is meant, 127.0.0.1. Without `search` no domain is
/// searched, since nobody tells the name of the machine here.
public record ResolvConf(ClientOptions options, List<IgnoredLine> ignored) {
    private static final int MOST_NOTES = 1000;
    private static final int MOST_NDOTS = 15;
    private static final int MOST_SECONDS = 30;
    private static final int MOST_ATTEMPTS = 5;
    private static final long SECOND = 1_000_000_000;

    public ResolvConf {
        ignored = List.copyOf(ignored);
    }

    public static ResolvConf parse(String text) {
        var reader = new Reader();
        int number = 0;
        for (String line : text.lines().toList()) reader.line(++number, line);
        return reader.done();
    }

    private static final class Reader {
        private final List<Endpoint> servers = new ArrayList<>();
        private final List<IgnoredLine> ignored = new ArrayList<>();
        private final Set<ClientOptions.Feature> features =
                EnumSet.of(
                        ClientOptions.Feature.EDNS,
                        ClientOptions.Feature.COOKIES,
                        ClientOptions.Feature.MIXED_CASE);
        private List<DnsName> domains = List.of();
        private ClientOptions.Transport transport = ClientOptions.Transport.DATAGRAM;
        private int ndots = 1;
        private long timeoutNanos = SECOND;
        private int attempts = 3;
        private int number;

        void line(int number, String line) {
            this.number = number;
            if (line.startsWith("#") || line.startsWith(";") || line.isBlank()) return;
            var words = new StringTokenizer(line, " \t");
            String keyword = words.nextToken();
            if (!line.startsWith(keyword)) {
                ignore(line, "begins with a blank");
                return;
            }
            switch (keyword) {
                case "nameserver" -> server(line, words);
                case "domain" -> domains = domains(words, 1);
                case "search" -> domains = domains(words, SearchList.MOST_DOMAINS);
                case "options" -> {
                    while (words.hasMoreTokens()) option(words.nextToken());
                }
                case "sortlist" -> ignore(line, "addresses are ordered as RFC 6724 has it");
                default -> ignore(line, "no keyword of this file");
            }
        }

        private void server(String line, StringTokenizer words) {
            if (!words.hasMoreTokens()) {
                ignore(line, "no address");
                return;
            }
            String word = words.nextToken();
            switch (IpAddress.parse(word)) {
                case Parsed.Value<IpAddress>(IpAddress address) -> {
                    if (servers.size() == ClientOptions.MOST_SERVERS) {
                        ignore(line, "more than " + ClientOptions.MOST_SERVERS + " servers");
                    } else {
                        servers.add(new Endpoint(address, ClientOptions.PORT));
                    }
                }
                case Parsed.Malformed<IpAddress> malformed ->
                        ignore(
                                line,
                                word.indexOf('%') >= 0
                                        ? "addresses have no zone here"
                                        : "not an address: " + malformed.message());
            }
        }

        private List<DnsName> domains(StringTokenizer words, int most) {
            List<DnsName> found = new ArrayList<>();
            while (words.hasMoreTokens()) {
                String word = words.nextToken();
                if (found.size() == most) {
                    ignore(word, "more than " + most + " domains");
                    break;
                }
                switch (DnsName.parse(word, DnsName.ROOT)) {
                    case Parsed.Value<DnsName>(DnsName name) -> found.add(name);
                    case Parsed.Malformed<DnsName> malformed ->
                            ignore(word, "not a name: " + malformed.message());
                }
            }
            return found;
        }

        private void option(String option) {
            int colon = option.indexOf(':');
            String name = colon < 0 ? option : option.substring(0, colon);
            String value = colon < 0 ? "" : option.substring(colon + 1);
            switch (name) {
                case "ndots" -> ndots = number(option, value, 0, MOST_NDOTS, ndots);
                case "timeout" -> {
                    int before = (int) (timeoutNanos / SECOND);
                    timeoutNanos = number(option, value, 1, MOST_SECONDS, before) * SECOND;
                }
                case "attempts" -> attempts = number(option, value, 1, MOST_ATTEMPTS, attempts);
                case "rotate" -> features.add(ClientOptions.Feature.ROTATE);
                case "trust-ad" -> features.add(ClientOptions.Feature.TRUST_AD);
                case "no-aaaa" -> features.add(ClientOptions.Feature.NO_AAAA);
                case "use-vc" -> transport = ClientOptions.Transport.STREAM;
                // That is how it is anyway.
                case "edns0", "single-request-reopen", "no-check-names" -> {}
                default -> ignore(option, "no option that has an effect here");
            }
        }

        /// A number, cut to what makes sense, as the C library does.
        private int number(String option, String value, int least, int most, int otherwise) {
            if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(Reader::isDigit)) {
                ignore(option, "not a number");
                return otherwise;
            }
            return Math.clamp(Integer.parseInt(value), least, most);
        }

        private static boolean isDigit(int c) {
            return c >= '0' && c <= '9';
        }

        private void ignore(String text, String reason) {
            if (ignored.size() < MOST_NOTES) {
                ignored.add(new IgnoredLine(number, text, reason));
            }
        }

        ResolvConf done() {
            if (servers.isEmpty()) {
                servers.add(new Endpoint(Ipv4Address.LOOPBACK, ClientOptions.PORT));
            }
            ClientOptions options =
                    ClientOptions.of(servers.toArray(new Endpoint[0]))
                            .withSearch(new SearchList(domains, ndots))
                            .withTransport(transport)
                            .withFeatures(features)
                            .withPatience(timeoutNanos, attempts);
            return new ResolvConf(options, ignored);
        }
    }
}
