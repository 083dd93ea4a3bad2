// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.sse.ServerSentEvent;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Chromium, without a screen, reads events and seeks in a recording.
class BrowserTest {
    private static final int SECONDS = 1000;
    private static final int OCTETS_PER_SECOND = 8000;

    @TempDir Path profile;

    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private final CompletableFuture<String> seeked = new CompletableFuture<>();
    private final Queue<String> ranges = new ConcurrentLinkedQueue<>();

    /// Silence, one octet a sample, behind the 44 octets of a WAVE header.
    private static Cstruct recording() {
        int data = SECONDS * OCTETS_PER_SECOND;
        Cstruct wave = Cstruct.create(44 + data);
        wave.fill((byte) 0x80);
        wave.putText(0, "RIFF", StandardCharsets.US_ASCII);
        wave.putU32le(4, 36 + data);
        wave.putText(8, "WAVEfmt ", StandardCharsets.US_ASCII);
        wave.putU32le(16, 16);
        wave.putU16le(20, 1); // PCM
        wave.putU16le(22, 1); // channel
        wave.putU32le(24, OCTETS_PER_SECOND);
        wave.putU32le(28, OCTETS_PER_SECOND);
        wave.putU16le(32, 1);
        wave.putU16le(34, 8); // bits
        wave.putText(36, "data", StandardCharsets.US_ASCII);
        wave.putU32le(40, data);
        return wave;
    }

    private static String page() throws IOException {
        try (InputStream page = BrowserTest.class.getResourceAsStream("/browser/page.html")) {
            assertThat(page).isNotNull();
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Ends after two events; whoever comes again gets the last one.
    private static void events(Exchange exchange) throws IOException {
        try (EventStream stream = EventStream.open(exchange)) {
            if (stream.lastEventId().isPresent()) {
                stream.send(ServerSentEvent.of("last").withId("3"));
            } else {
                stream.send(ServerSentEvent.of("one\nmore").withId("1").withRetry(10));
                stream.send(ServerSentEvent.of("\u00fer\u00edr").withId("2"));
            }
        }
    }

    private static void told(Exchange exchange, CompletableFuture<String> what) throws IOException {
        Cstruct buf = Cstruct.create(1000);
        var text = new StringBuilder();
        for (int count; (count = exchange.content().read(buf)) >= 0; ) {
            text.append(buf.sub(0, count).text(StandardCharsets.UTF_8));
        }
        exchange.respond(Response.of(204)).close();
        what.complete(text.toString());
    }

    private Handler site() throws IOException {
        var kv = new MemoryKv();
        kv.put("index.html", page());
        kv.put("sound.wav", recording(), Instant.EPOCH);
        Handler content = StaticContent.of(kv);
        return exchange -> {
            switch (exchange.request().path()) {
                case "/events" -> events(exchange);
                case "/heard" -> told(exchange, heard);
                case "/seeked" -> told(exchange, seeked);
                case "/favicon.ico" ->
                        exchange.respond(Response.of(404), ReadOnlyCstruct.of("none"));
                default -> {
                    exchange.request().fields().only("range").ifPresent(ranges::add);
                    content.handle(exchange);
                }
            }
        };
    }

    @Test
    @Timeout(120)
    void browserReadsAStreamOfEventsAndSeeksInARecording() throws Exception {
        Path program = Peers.require("chromium");
        Listener listener = new HostTransport().listen(Endpoint.of("127.0.0.1:0"));
        try (HttpServer server = HttpServer.builder(site(), Pipe.CLOCK).build().start(listener)) {
            var command =
                    new ProcessBuilder(
                                    program.toString(),
                                    "--headless",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--user-data-dir=" + profile,
                                    "--remote-debugging-port=0", // or it ends with the page loaded
                                    "http://" + listener.local().orElseThrow() + "/")
                            .redirectErrorStream(true)
                            .redirectOutput(profile.resolve("log").toFile());
            command.environment().put("TMPDIR", profile.toString());
            Process chromium = command.start();
            try {
                assertThat(heard.get(60, TimeUnit.SECONDS))
                        .isEqualTo("1=one\nmore 2=\u00fer\u00edr 3=last");
                assertThat(seeked.get(40, TimeUnit.SECONDS))
                        .isEqualTo(SECONDS + " " + (SECONDS - 1));
                assertThat(ranges).contains("bytes=0-").anyMatch(range -> range.length() > 9);
            } finally {
                List<ProcessHandle> all = chromium.descendants().toList();
                all.forEach(ProcessHandle::destroyForcibly);
                chromium.destroyForcibly().waitFor();
                for (ProcessHandle process : all) {
                    process.onExit().get(20, TimeUnit.SECONDS);
                }
            }
        }
    }
}
