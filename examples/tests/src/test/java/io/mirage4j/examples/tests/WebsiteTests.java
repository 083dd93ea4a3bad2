// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the website does for real clients, wherever it runs: one start, all tests on it, the gentle
/// ones first, and those again after the others.
@Tag("image")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class WebsiteTests {
    private static final String NAME = "www.mirage.example";

    private final Place place;
    private Space space;
    private Running site;

    WebsiteTests(Place place) {
        this.place = place;
    }

    @BeforeAll
    void start() throws IOException {
        place.require();
        space = Space.open();
        List<String> wires = place.isImage() ? List.of("--mem=256") : List.of();
        site = Running.start(space, place, "website", wires, List.of(), "dig @");
    }

    @AfterAll
    void stop() throws IOException {
        if (site != null) {
            site.close();
        }
        if (space != null) {
            space.close();
        }
    }

    private int port(int own, int host) {
        return place.hasStack() ? own : host;
    }

    private String url() {
        return place.hasStack() ? "http://10.0.0.2/" : "http://127.0.0.1:8080/";
    }

    private String curl(String... words) throws IOException {
        Peers.require("curl");
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "20"));
        command.addAll(List.of(words));
        return space.run(command.toArray(String[]::new)).output();
    }

    @Test
    @Order(1)
    void itPrintsWhereItIs() {
        assertThat(site.output()).contains("website: " + url() + "\n", "website: dig @");
    }

    @Test
    @Order(2)
    void pagesComeInTheCodingThatIsAskedForAndNotTwice() throws IOException {
        String page = url() + "modules/tcpip.html";
        assertThat(curl(url())).contains("<!doctype html>", "</html>");
        String plain = curl(page);
        for (String coding : List.of("gzip", "br")) {
            String head = curl("-D-", "-o", "/dev/null", "-H", "Accept-Encoding: " + coding, page);
            assertThat(head).contains("Content-Encoding: " + coding);
        }
        assertThat(curl("--compressed", page)).isEqualTo(plain);
        String tag = curl("-D-", "-o", "/dev/null", page).split("ETag: ")[1].split("\r\n")[0];
        String status = "%{http_code}";
        assertThat(curl("-o", "/dev/null", "-w", status, "-H", "If-None-Match: " + tag, page))
                .isEqualTo("304");
        for (String nowhere : List.of("no/such", "live/metrics")) {
            assertThat(curl("-o", "/dev/null", "-w", status, url() + nowhere)).isEqualTo("404");
        }
    }

    @Test
    @Order(3)
    void theZoneIsAnswered() throws IOException {
        Peers.require("dig");
        for (String protocol : List.of("+notcp", "+tcp")) {
            String server = "@" + place.address();
            String port = String.valueOf(port(53, 5353));
            assertThat(space.run("dig", "+short", protocol, "-p", port, server, NAME).output())
                    .isEqualTo(place.address() + "\n");
        }
    }

    @Test
    @Order(4)
    void theLivePageUpdates() throws IOException {
        String events = curl("-N", "-m", place.isSlow() ? "6" : "3", url() + "live/figures");
        assertThat(events.split("event: figures", -1)).hasSizeGreaterThan(2);
        assertThat(events).contains("\"requests\":", "\"queries\":");
    }

    /// By headless Chromium; screenshots are left in target/screenshots, to be looked at.
    @Test
    @Order(5)
    void aBrowserShowsItOnAPhoneAndADesktop() throws IOException {
        Browser browser = Browser.in(space);
        for (String page : List.of("index.html", "modules/tcpip.html", "benchmarks.html")) {
            browser.shoot(url() + page, place.name());
        }
        NetworkNamespace.Result live = browser.watch(url() + "live.html");
        System.out.println(place + " " + live.output().strip());
        assertThat(live.status()).as(live.output()).isZero();
    }

    @Test
    @Order(5)
    void everyLinkLeadsSomewhere() throws IOException {
        NetworkNamespace.Result crawl = space.run(Crawl.class, 120, url());
        System.out.println(place + " " + crawl.output().strip());
        assertThat(crawl.status()).as(crawl.output()).isZero();
    }

    @Test
    @Order(6)
    void tenThousandAtOnceAreAnsweredEach() throws IOException {
        // An emulated processor would take minutes.
        String count = place.isSlow() ? "500" : "10000";
        together("http", port(80, 8080), count, "/");
        together("dns", port(53, 5353), count, NAME);
    }

    private void together(String what, int port, String count, String name) throws IOException {
        NetworkNamespace.Result result =
                space.run(
                        Together.class,
                        180,
                        what,
                        place.address(),
                        String.valueOf(port),
                        count,
                        name);
        System.out.println(place + " " + lastLine(result.output()));
        assertThat(result.status()).as(result.output()).isZero();
    }

    /// Twenty seconds; half an hour in the full form.
    @Test
    @Order(7)
    void aMixedLoadFailsNobodyAndMemoryStaysFlat() throws IOException {
        int seconds = Boolean.getBoolean("mirage.full") ? 1800 : place.isSlow() ? 10 : 20;
        NetworkNamespace.Result result =
                space.run(
                        Mixed.class,
                        seconds + 90,
                        place.address(),
                        String.valueOf(port(80, 8080)),
                        String.valueOf(port(53, 5353)),
                        NAME,
                        String.valueOf(seconds));
        System.out.println(place + " " + result.output().strip());
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    @Order(8)
    void afterAllThatItIsAsItWas() throws IOException {
        pagesComeInTheCodingThatIsAskedForAndNotTwice();
        theZoneIsAnswered();
        theLivePageUpdates();
        assertThat(site.isAlive()).isTrue();
    }

    private static String lastLine(String output) {
        String text = output.strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
