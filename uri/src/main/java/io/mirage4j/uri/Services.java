// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The services that have a well-known port, by the name of their scheme or, where there is no
/// scheme, by that of the service (the registries of IANA).
public final class Services {
    /// A name, in lower case, and its port.
    public record Service(String name, int port) {}

    /// Of several services on one port the first is the one the port is known for.
    private static final List<Service> ALL =
            List.of(
                    new Service("http", 80),
                    new Service("https", 443),
                    new Service("ws", 80),
                    new Service("wss", 443),
                    new Service("ftp", 21),
                    new Service("ftps", 990),
                    new Service("ssh", 22),
                    new Service("sftp", 22),
                    new Service("telnet", 23),
                    new Service("tn3270", 23),
                    new Service("smtp", 25),
                    new Service("smtps", 465),
                    new Service("submission", 587),
                    new Service("whois", 43),
                    new Service("dns", 53),
                    new Service("domain", 53),
                    new Service("dns-over-tls", 853),
                    new Service("tftp", 69),
                    new Service("gopher", 70),
                    new Service("finger", 79),
                    new Service("kerberos", 88),
                    new Service("pop", 110),
                    new Service("pop3", 110),
                    new Service("pop3s", 995),
                    new Service("nntp", 119),
                    new Service("news", 119),
                    new Service("nntps", 563),
                    new Service("snews", 563),
                    new Service("ntp", 123),
                    new Service("imap", 143),
                    new Service("imaps", 993),
                    new Service("snmp", 161),
                    new Service("bgp", 179),
                    new Service("z39.50r", 210),
                    new Service("z39.50s", 210),
                    new Service("rtsps", 322),
                    new Service("ldap", 389),
                    new Service("ldaps", 636),
                    new Service("smb", 445),
                    new Service("rtsp", 554),
                    new Service("rtspu", 554),
                    new Service("afp", 548),
                    new Service("ipp", 631),
                    new Service("ipps", 631),
                    new Service("acap", 674),
                    new Service("rsync", 873),
                    new Service("socks", 1080),
                    new Service("icap", 1344),
                    new Service("mqtt", 1883),
                    new Service("mqtts", 8883),
                    new Service("rtmp", 1935),
                    new Service("nfs", 2049),
                    new Service("dict", 2628),
                    new Service("msrp", 2855),
                    new Service("mysql", 3306),
                    new Service("stun", 3478),
                    new Service("stuns", 5349),
                    new Service("turn", 3478),
                    new Service("turns", 5349),
                    new Service("svn", 3690),
                    new Service("mupdate", 3905),
                    new Service("iax", 4569),
                    new Service("sip", 5060),
                    new Service("sips", 5061),
                    new Service("xmpp", 5222),
                    new Service("postgresql", 5432),
                    new Service("amqps", 5671),
                    new Service("amqp", 5672),
                    new Service("coap", 5683),
                    new Service("coaps", 5684),
                    new Service("vnc", 5900),
                    new Service("redis", 6379),
                    new Service("rediss", 6379),
                    new Service("irc", 6667),
                    new Service("ircs", 6697),
                    new Service("git", 9418),
                    new Service("memcached", 11211),
                    new Service("mongodb", 27017));

    private static final Map<String, Service> BY_NAME = new HashMap<>();
    private static final Map<Integer, Service> BY_PORT = new HashMap<>();

    static {
        for (Service service : ALL) {
            BY_NAME.put(service.name, service);
            BY_PORT.putIfAbsent(service.port, service);
        }
    }

    public static List<Service> all() {
        return ALL;
    }

    /// The port of a service, in whatever case its name is, or -1 if it is not known.
    public static int port(String name) {
        Service service = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        return service == null ? -1 : service.port;
    }

    /// The name of the service that the port is known for.
    public static Optional<String> name(int port) {
        return Optional.ofNullable(BY_PORT.get(port)).map(Service::name);
    }

    private Services() {}
}
