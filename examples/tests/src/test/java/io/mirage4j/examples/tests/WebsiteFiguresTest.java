// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Prints the figures of the website's README: its start, its least memory, and what a request and
/// a query cost beside nginx and NSD with the same content. Nothing here is asserted of a time.
@Tag("image")
@EnabledIfSystemProperty(named = "mirage.full", matches = "true")
class WebsiteFiguresTest {
    private static final List<Place> PLACES =
            List.of(Place.HOST, Place.HOST_TAP, Place.SPT, Place.HVT);
    private static final String MAC = "02:00:00:00:00:07";
    private static final Path PAGES = Path.of("../website/target/site").toAbsolutePath();
    private static final int ASKED = 20_000;

    /// The first round is that of a server that has just started; a JVM compiles what it runs until
    /// the last.
    private static final int ROUNDS = 8;

    /// In place of a time, in what [FirstAnswer] says.
    private static final String NO_ANSWER = "-0.001";

    @TempDir Path folder;
    private Space space;

    @BeforeEach
    void open() throws IOException {
        Peers.require("ab", "nginx", "nsd");
        space = Space.open();
        // Nobody waits for an answer to ARP: the first question may come before the guest is there.
        space.run("ip", "neigh", "add", "10.0.0.2", "lladdr", MAC, "dev", "tap0");
    }

    @AfterEach
    void close() throws IOException {
        space.close();
    }

    private static List<String> wires(Place place, int megabytes) {
        return place.hasStack()
                ? List.of("--mem=" + megabytes, "--net-mac:service=" + MAC)
                : List.of();
    }

    private static int port(Place place) {
        return place.hasStack() ? 80 : 8080;
    }

    private String start(Place place, int megabytes, int times) throws IOException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(place.address(), String.valueOf(port(place)), "" + times));
        words.addAll(place.command("website", wires(place, megabytes), List.of()));
        return space.run(FirstAnswer.class, 120, words.toArray(String[]::new)).output().strip();
    }

    @Test
    void startsAndMemory() throws IOException {
        for (Place place : PLACES) {
            String figures = start(place, 64, 9);
            assertThat(figures).as("%s", place).doesNotContain(NO_ANSWER);
            System.out.println("figures " + place + " " + figures);
        }
        int least = 16;
        while (least < 64 && start(Place.SPT, least, 1).contains(NO_ANSWER)) {
            least += 2;
        }
        assertThat(least).as("megabytes").isLessThan(64);
        System.out.println("figures SPT least memory: " + least + " MB");
        long octets = Files.size(Place.IMAGES.resolve("website.spt"));
        System.out.printf("figures SPT image: %.1f MB%n", octets / 1e6);
    }

    @Test
    void costsBesideNginxAndNsd() throws IOException {
        for (Place place : PLACES) {
            Process site = space.begin(place.command("website", wires(place, 256), List.of()));
            try {
                awaitPage("http://" + place.address() + ":" + port(place) + "/");
                costs(
                        place.name(),
                        site,
                        place.address(),
                        port(place),
                        place.hasStack() ? 53 : 5353);
            } finally {
                end(site);
            }
        }
        Path nginx = Files.writeString(folder.resolve("nginx.conf"), nginx());
        Process web = space.begin(List.of("nginx", "-c", nginx.toString(), "-p", "" + folder));
        Path nsd = Files.writeString(folder.resolve("nsd.conf"), nsd());
        Process names = space.begin(List.of("nsd", "-d", "-c", nsd.toString()));
        try {
            awaitPage("http://127.0.0.1:8080/");
            http("nginx", web, "127.0.0.1", 8080);
            dns("NSD", names, "127.0.0.1", 5353);
        } finally {
            end(web);
            end(names);
        }
    }

    private void costs(String name, Process process, String host, int web, int dns)
            throws IOException {
        http(name, process, host, web);
        dns(name, process, host, dns);
    }

    private void http(String name, Process process, String host, int port) throws IOException {
        String url = "http://" + host + ":" + port + "/index.html";
        for (int round = 1; round <= ROUNDS; round++) {
            Duration before = processorTime(process);
            NetworkNamespace.Result ab =
                    space.run("ab", "-q", "-k", "-c", "8", "-n", "" + ASKED, url);
            assertThat(ab.output()).contains("Failed requests:        0");
            print(name, "requests", round, processorTime(process).minus(before));
        }
    }

    private void dns(String name, Process process, String host, int port) throws IOException {
        Path questions = folder.resolve("questions");
        Files.writeString(questions, "www.mirage.example A\n".repeat(ASKED));
        String command = "dnsperf -s " + host + " -p " + port + " -n 1 -d " + questions;
        for (int round = 1; round <= ROUNDS; round++) {
            Duration before = processorTime(process);
            NetworkNamespace.Result dnsperf = space.run(command.split(" "));
            assertThat(dnsperf.output()).contains("Queries completed:    " + ASKED + " (100.00%)");
            print(name, "queries", round, processorTime(process).minus(before));
        }
    }

    private static void print(String name, String what, int round, Duration cost) {
        if (round > 1 && round < ROUNDS) return;
        System.out.printf(
                "figures %s: %.0f %s per CPU-second, %s%n",
                name, ASKED * 1e9 / cost.toNanos(), what, round == 1 ? "at first" : "then");
    }

    /// Its own and that of the processes that it started.
    private static Duration processorTime(Process process) {
        Duration sum = process.info().totalCpuDuration().orElse(Duration.ZERO);
        for (ProcessHandle child : process.descendants().toList()) {
            sum = sum.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return sum;
    }

    private void awaitPage(String url) throws IOException {
        String curl = "curl -s -f --retry 50 --retry-all-errors --retry-delay 1 " + url;
        assertThat(space.run(curl.split(" ")).status()).isZero();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String nginx() {
        return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log stderr;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          keepalive_requests 100000;
          types { text/html html; }
          server { listen 127.0.0.1:8080; root %2$s; }
        }
        """
                .formatted(folder, PAGES);
    }

    private String nsd() throws IOException {
        Files.writeString(
                folder.resolve("zone"),
                """
                $ORIGIN mirage.example.
                $TTL 3600
                @ SOA ns hostmaster 1 7200 900 1209600 300
                @ NS ns
                @ A 127.0.0.1
                www A 127.0.0.1
                ns A 127.0.0.1
                """);
        return """
        server:
          ip-address: 127.0.0.1@5353
          username: ""
          zonesdir: "%1$s"
          pidfile: "%1$s/nsd.pid"
          xfrdfile: "%1$s/xfrd.state"
          xfrdir: "%1$s"
          zonelistfile: "%1$s/zone.list"
          cookie-secret-file: "%1$s/cookies"
          server-count: 1
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: mirage.example
          zonefile: zone
        """
                .formatted(folder);
    }
}
