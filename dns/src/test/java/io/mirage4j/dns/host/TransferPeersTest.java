// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static io.mirage4j.dns.host.OurServer.APEX;
import static io.mirage4j.dns.host.OurServer.dig;
import static io.mirage4j.dns.host.OurServer.nsupdate;
import static io.mirage4j.dns.host.OurServer.peer;
import static io.mirage4j.dns.host.OurServer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.server.PeerServer;
import io.mirage4j.dns.server.PeerServer.Kind;
import io.mirage4j.dns.zone.RandomZones;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TreeSet;

/// Zones between NSD or BIND and us, both ways, signed with TSIG.
@Timeout(180)
class TransferPeersTest {
    private static final String ZONE =
            """
            $TTL 60
            @ SOA ns admin %d 3600 60 360000 60
            @ NS ns
            ns A 127.0.0.1
            """
                    + hosts();

    @TempDir Path folder;

    private static String hosts() {
        var text = new StringBuilder();
        for (int i = 1; i <= 2000; i++) {
            text.append("host%d TXT \"some text\" %s\n".formatted(i, "of-host-".repeat(5)));
        }
        return text.toString();
    }

    private static String nsd(String zone) {
        return """
               key:
                   name: key.test
                   algorithm: hmac-sha256
                   secret: "%s"
               zone:
                   name: example.test
               """
                        .formatted(OurServer.SECRET)
                + zone.indent(4);
    }

    private static String bind(String zone) {
        return """
               key "key.test" { algorithm hmac-sha256; secret "%s"; };
               zone "example.test" { %s };
               """
                .formatted(OurServer.SECRET, zone);
    }

    private PeerServer secondary(Kind kind, int port, int primary) throws Exception {
        String section =
                kind == Kind.NSD
                        ? nsd(
                                """
                                zonefile: "copy"
                                request-xfr: 127.0.0.1@%d key.test
                                allow-notify: 127.0.0.1 key.test
                                """
                                        .formatted(primary))
                        : bind(
                                """
                                type secondary; file "copy"; masterfile-format text;
                                primaries { 127.0.0.1 port %d key key.test; };
                                """
                                        .formatted(primary));
        return PeerServer.start(kind, folder, port, section);
    }

    @ParameterizedTest
    @EnumSource(names = {"NSD", "BIND"})
    void aPeerFollowsUs(Kind kind) throws Exception {
        int port = PeerServer.freePort();
        try (var ours = new OurServer()) {
            ours.store.primary(RandomZones.zoneOf(ZONE.formatted(1)), settings(null, port));
            // Starting waits until the peer serves the zone.
            try (var peer = secondary(kind, port, ours.port)) {
                for (int i = 1; i <= 5; i++) {
                    String text = "update add new" + i + ".example.test 60 A 192.0.2." + i;
                    assertThat(
                                    nsupdate(
                                            ours.port,
                                            text,
                                            "update delete host" + i + ".example.test"))
                            .isEmpty();
                }
                assertThat(ours.serial()).isEqualTo(6);
                Tool.await(
                        () -> dig(port, "+short", "example.test", "SOA").contains(" 6 3600 "),
                        () -> peer.log() + ours.log);
                assertThat(dig(port, "+short", "new5.example.test")).isEqualTo("192.0.2.5\n");
                assertThat(dig(port, "host5.example.test", "TXT")).contains("NXDOMAIN");
                // By changes: the zone takes many messages.
                if (kind == Kind.BIND) {
                    assertThat(peer.log()).contains("completed: 1 messages, ");
                }
            }
        }
    }

    private PeerServer primary(Kind kind, int secondary) throws Exception {
        Files.writeString(folder.resolve("zone"), ZONE.formatted(1));
        String section =
                kind == Kind.NSD
                        ? nsd(
                                """
                                zonefile: "zone"
                                provide-xfr: 127.0.0.1 key.test
                                notify: 127.0.0.1@%d key.test
                                """
                                        .formatted(secondary))
                        : bind(
                                """
                                type primary; file "zone"; allow-transfer { key key.test; };
                                allow-update { key key.test; }; notify explicit;
                                notify-delay 0;
                                also-notify { 127.0.0.1 port %d key key.test; };
                                """
                                        .formatted(secondary));
        return PeerServer.start(kind, folder, PeerServer.freePort(), section);
    }

    @Test
    void weFollowNsd() throws Exception {
        try (var ours = new OurServer();
                var nsd = primary(Kind.NSD, ours.port)) {
            ours.store.secondary(APEX, List.of(peer(nsd.port())), settings(null));
            ours.awaitSerial(1);
            assertThat(ours.server.zones().get(APEX).records()).isEqualTo(2003);
            // A file's time counts in seconds.
            Path zone = folder.resolve("zone");
            Files.writeString(zone, ZONE.formatted(2) + "new A 192.0.2.1\n");
            Files.setLastModifiedTime(zone, FileTime.fromMillis(4_000_000_000_000L));
            nsd.reload();
            ours.awaitSerial(2);
            assertThat(dig(ours.port, "+short", "new.example.test")).isEqualTo("192.0.2.1\n");
        }
    }

    @Test
    void weFollowBindByChanges() throws Exception {
        try (var ours = new OurServer();
                var bind = primary(Kind.BIND, ours.port)) {
            ours.store.secondary(APEX, List.of(peer(bind.port())), settings(null));
            ours.awaitSerial(1);
            for (int i = 1; i <= 5; i++) {
                String text = "update add new" + i + ".example.test 60 A 192.0.2." + i;
                assertThat(nsupdate(bind.port(), text)).isEmpty();
            }
            ours.awaitSerial(6);
            assertThat(ours.server.zones().get(APEX).history().since(1)).isNotEmpty();
            assertThat(records(dig(ours.port, "-y", OurServer.DIG_KEY, "example.test", "AXFR")))
                    .isEqualTo(
                            records(
                                    dig(
                                            bind.port(),
                                            "-y",
                                            OurServer.DIG_KEY,
                                            "example.test",
                                            "AXFR")));
        }
    }

    /// The records in what `dig` prints, but those that are made for each message.
    private static TreeSet<String> records(String output) {
        var records = new TreeSet<String>();
        output.lines()
                .filter(line -> !line.startsWith(";") && !line.isBlank())
                .filter(line -> !line.contains("\tTSIG\t"))
                .forEach(records::add);
        assertThat(records).hasSizeGreaterThan(2000);
        return records;
    }

    @Test
    void aCatalogOfBindsIsFollowed() throws Exception {
        try (var ours = new OurServer()) {
            Files.writeString(folder.resolve("zone"), ZONE.formatted(1));
            String catalog =
                    "$TTL 60\n@ SOA . . 1 3600 60 360000 60\n@ NS invalid.\nversion TXT 2\n"
                            + "one.zones PTR example.test.\n";
            Files.writeString(folder.resolve("catalog"), catalog);
            String section =
                    bind("type primary; file \"zone\"; allow-transfer { key key.test; };")
                            + """
                              zone "catalog.test" {
                                  type primary; file "catalog"; allow-transfer { key key.test; };
                                  allow-update { key key.test; }; notify explicit;
                                  notify-delay 0;
                                  also-notify { 127.0.0.1 port %d key key.test; };
                              };
                              """
                                    .formatted(ours.port);
            try (var bind = PeerServer.start(Kind.BIND, folder, PeerServer.freePort(), section)) {
                var primaries = List.of(peer(bind.port()));
                ours.store.catalog(
                        DnsName.of("catalog.test."),
                        primaries,
                        settings(null),
                        (member, label) -> settings(null));
                ours.awaitSerial(1);
                String input =
                        "server 127.0.0.1 %d\nzone catalog.test\n".formatted(bind.port())
                                + "update delete one.zones.catalog.test\nsend\n";
                Tool.run("nsupdate", input, "-y", OurServer.DIG_KEY);
                ours.awaitSerial(0);
                assertThat(ours.server.zones().all()).hasSize(1);
            }
        }
    }
}
