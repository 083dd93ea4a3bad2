// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.host.net.SocketConnector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections that break, servers that die or drain: nothing is lost without a word, and nothing
/// that was cut passes for whole.
@Timeout(120)
class FaultTest {
    private static final String CONTENT = "twelve times ".repeat(12);
    private static final int MOST_OF_RESPONSE = 600;

    private final Web web = new Web();

    private static void withLength(Exchange exchange) throws IOException {
        exchange.respond(Response.of(200), ReadOnlyCstruct.of(CONTENT));
    }

    private static void inChunks(Exchange exchange) throws IOException {
        try (ContentSink sink = exchange.respond(Response.of(200))) {
            for (int i = 0; i < 12; i++) {
                sink.write(ReadOnlyCstruct.of("twelve times "));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void responseThatIsCutIsNeverTakenForWhole(FaultyFlow.End end) throws IOException {
        for (Handler handler : List.<Handler>of(FaultTest::withLength, FaultTest::inChunks)) {
            var web = new Web();
            int whole = 0;
            try (HttpServer server = web.serve(handler)) {
                for (int octets = 0; octets < MOST_OF_RESPONSE; octets++) {
                    int most = octets;
                    web.wire(flow -> new FaultyFlow(flow, 7, most, end));
                    try (HttpClient client = web.client().build()) {
                        assertThat(Web.text(client, ClientRequest.get(Web.URI)))
                                .isEqualTo("200 " + CONTENT);
                        whole++;
                    } catch (IOException e) {
                        // It was cut, and says so; once it comes whole it goes on to.
                        assertThat(whole).as("cut at %d", octets).isZero();
                    }
                }
            }
            assertThat(whole).isBetween(1, MOST_OF_RESPONSE - CONTENT.length());
        }
    }

    @Test
    void requestsAndResponsesComeThroughInAnyPieces() throws IOException {
        try (HttpServer server = web.serve(FaultTest::inChunks)) {
            for (int piece = 1; piece < 40; piece++) {
                int most = piece;
                web.wire(flow -> new FaultyFlow(flow, most, 1 << 20, FaultyFlow.End.IN_ORDER));
                try (HttpClient client = web.client().build()) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(Web.text(client, ClientRequest.get(Web.URI)))
                                .isEqualTo("200 " + CONTENT);
                    }
                }
            }
        }
    }

    @Test
    void everyRequestThatWasAcceptedIsAnsweredWhenTheServerDrains() throws Exception {
        var handled = new AtomicInteger();
        var busy = new CountDownLatch(200);
        HttpServer server =
                web.serve(
                        exchange -> {
                            handled.incrementAndGet();
                            busy.countDown();
                            inChunks(exchange);
                        });
        var answered = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(Thread.ofVirtual().start(() -> askUntilRefused(answered)));
        }
        busy.await();
        assertThat(server.drain(TimeUnit.SECONDS.toNanos(30))).isZero();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(answered).hasValue(handled.get());
    }

    private void askUntilRefused(AtomicInteger answered) {
        try (HttpClient client = web.client().build()) {
            while (true) {
                assertThat(Web.text(client, ClientRequest.get(Web.URI)))
                        .isEqualTo("200 " + CONTENT);
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            // The server has gone.
        }
    }

    /// The program that is killed: a response in chunks without an end. Prints its port.
    static final class Victim {
        public static void main(String[] args) throws Exception {
            Listener listener = new HostTransport().listen(Endpoint.of("127.0.0.1:0"));
            HttpServer.builder(Victim::forEver, Web.CLOCK).build().start(listener);
            System.out.println(listener.local().orElseThrow().port());
            System.out.flush();
            Thread.sleep(60_000); // no longer than the test
            System.exit(0);
        }

        private static void forEver(Exchange exchange) throws IOException {
            try (ContentSink sink = exchange.respond(Response.of(200))) {
                while (true) {
                    sink.write(ReadOnlyCstruct.of(CONTENT));
                    sink.flush();
                }
            }
        }
    }

    @Test
    void serverThatIsKilledWithinAResponseIsReported() throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Victim.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said =
                        new BufferedReader(
                                new InputStreamReader(
                                        victim.getInputStream(), StandardCharsets.UTF_8));
                HttpClient client =
                        HttpClient.builder(SocketConnector.create(), _ -> List.of(), Web.CLOCK)
                                .build()) {
            String port = said.readLine();
            ClientRequest request = ClientRequest.get("http://127.0.0.1:" + port + "/");
            try (ClientResponse response = client.send(request)) {
                Cstruct buf = Cstruct.create(CONTENT.length());
                assertThat(response.content().read(buf)).isPositive();
                victim.destroyForcibly().waitFor();
                assertThatThrownBy(() -> response.octets(1 << 30)).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> client.send(request)).isInstanceOf(IOException.class);
        } finally {
            victim.destroyForcibly();
        }
    }
}
