// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.crunch.make.Cruncher;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// http-server and dns-server: content from a directory on a JVM, from a disk in an image.
@Tag("image")
class ContentTest {
    private static final String ZONE =
            """
            $TTL 60
            @ SOA ns hostmaster 7 7200 900 1209600 300
            @ NS ns
            ns A 192.0.2.53
            www A 192.0.2.80
            """;

    @TempDir static Path folder;
    private static Path content;
    private static Path disk;

    @BeforeAll
    static void makeTheContent() throws Exception {
        content = Files.createDirectories(folder.resolve("content"));
        Files.writeString(content.resolve("index.html"), "<p>" + "hello ".repeat(1000) + "</p>");
        Files.writeString(content.resolve("example.org.zone"), ZONE);
        disk = folder.resolve("content.crunch");
        new Cruncher(Cruncher.Options.DEFAULT).crunch(List.of(content), disk);
        assertThat(Files.size(disk) % 512).as("whole sectors").isZero();
    }

    private static List<String> wires(Place place) {
        return place.isImage() ? List.of("--block:content=" + disk) : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void filesAreServedPlainAndCompressed(Place place) throws IOException {
        place.require();
        String numbers = place.address() + ":9100";
        List<String> words = new ArrayList<>(List.of("--metrics=" + numbers));
        if (!place.isImage()) {
            words.add("--root=" + content);
        }
        try (Space space = Space.open();
                Running server =
                        Running.start(space, place, "http-server", wires(place), words, "http:")) {
            String url = "http://" + place.address() + ":8080/";
            String figures = "%{http_code} %{size_download}";
            assertThat(curl(space, "-o", "/dev/null", "-w", figures, url)).isEqualTo("200 6007");
            assertThat(curl(space, "--compressed", url)).startsWith("<p>hello hello ");
            assertThat(curl(space, "-H", "Accept-Encoding: gzip", "-o", "/dev/null", "-D-", url))
                    .containsIgnoringCase("content-encoding: gzip");
            assertThat(curl(space, "-o", "/dev/null", "-w", "%{http_code}", url + "nothing"))
                    .isEqualTo("404");
            assertThat(curl(space, "http://" + numbers)).contains("http_connections_total");
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static String curl(Space space, String... words) throws IOException {
        Peers.require("curl");
        var command = new ArrayList<>(List.of("curl", "-s", "-m", "20"));
        command.addAll(List.of(words));
        return space.run(command.toArray(String[]::new)).output();
    }

    @ParameterizedTest
    @EnumSource
    void zonesAreServedByUdpAndTcp(Place place) throws IOException {
        place.require();
        String file = place.isImage() ? "example.org.zone" : content + "/example.org.zone";
        List<String> words = List.of("--zone", "example.org=" + file, "--log");
        try (Space space = Space.open();
                Running server =
                        Running.start(
                                space, place, "dns-server", wires(place), words, "serving at")) {
            for (String protocol : List.of("+notcp", "+tcp")) {
                assertThat(
                                space.run(
                                                "dig",
                                                "+short",
                                                protocol,
                                                "-p",
                                                "5353",
                                                "@" + place.address(),
                                                "www.example.org")
                                        .output())
                        .isEqualTo("192.0.2.80\n");
            }
            server.awaitLine("www.example.org");
        }
    }

    /// The journal is a part of a disk, the same on a JVM as in an image.
    @ParameterizedTest
    @EnumSource
    void updatesAreThereAfterTheServerWasKilled(Place place) throws IOException {
        place.require();
        String file = place.isImage() ? "example.org.zone" : content + "/example.org.zone";
        List<String> words = List.of("--zone", "example.org=" + file, "--allow-update=any");
        Path journal = folder.resolve("journal-" + place);
        Files.write(journal, new byte[1 << 20]);
        List<String> wires = new ArrayList<>(wires(place));
        wires.add("--block:journal=" + journal);
        Path update = folder.resolve("update");
        String server = "server " + place.address() + " 5353\n";
        for (int host = 1; host <= 3; host++) {
            String name = "host" + host + ".example.org";
            String add = "update add " + name + " 60 A 192.0.2." + host + "\nsend\n";
            Files.writeString(update, server + add);
            try (Space space = Space.open();
                    Running running =
                            Running.start(space, place, "dns-server", wires, words, "serving at")) {
                assertThat(space.run("nsupdate", update.toString()).output()).isEmpty();
                running.kill();
            }
        }
        try (Space space = Space.open();
                Running running =
                        Running.start(space, place, "dns-server", wires, words, "serving at")) {
            assertThat(running.output()).contains("the journal has serial 10");
            for (int host = 1; host <= 3; host++) {
                String at = "@" + place.address();
                String name = "host" + host + ".example.org";
                assertThat(space.run("dig", "+short", "-p", "5353", at, name).output())
                        .isEqualTo("192.0.2." + host + "\n");
            }
        }
    }
}
