// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Method;
import io.mirage4j.http.Proxies;
import io.mirage4j.http.Response;
import io.mirage4j.http.cookie.CookieJar;
import io.mirage4j.http.cookie.PublicSuffixes;
import io.mirage4j.http.server.EventHub;
import io.mirage4j.http.server.GzipContent;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.http.sse.ServerSentEvent;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryNetwork;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Our client and our server, and servers that misbehave, in a network in memory.
@Timeout(60)
class HttpClientTest {
    private static final Clock CLOCK = new HostClock();
    private static final Endpoint WEB = Endpoint.of("192.0.2.1:80");
    private static final int MOST = 1 << 20;

    private final MemoryNetwork network = new MemoryNetwork();
    private final AtomicInteger connects = new AtomicInteger();
    private final Connector connector =
            remote -> {
                connects.incrementAndGet();
                return network.connector(IpAddress.of("192.0.2.9")).connect(remote);
            };
    private final Resolver resolver = _ -> List.of(WEB.address());
    private HttpClient client = client().build();

    private HttpClient.Builder client() {
        return HttpClient.builder(connector, resolver, CLOCK);
    }

    private HttpServer serve(Handler handler) throws IOException {
        return HttpServer.builder(handler, CLOCK).build().start(network.listen(WEB));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String text(ClientRequest request) throws IOException {
        try (ClientResponse response = client.send(request)) {
            return response.status() + " " + response.text(MOST);
        }
    }

    private String text(String path) throws IOException {
        return text(ClientRequest.get("http://web.example" + path));
    }

    private static void target(Exchange exchange) throws IOException {
        exchange.respond(Response.of(200), ReadOnlyCstruct.of(exchange.request().target()));
    }

    private static void echo(Exchange exchange) throws IOException {
        ContentSource content = exchange.content();
        try (ContentSink sink = exchange.respond(Response.of(200))) {
            Cstruct buf = Cstruct.create(4096);
            for (int count; (count = content.read(buf)) != ContentSource.END; ) {
                sink.write(buf.sub(0, count));
            }
        }
    }

    @Test
    void connectionsServeAgain() throws IOException {
        serve(HttpClientTest::target);
        for (int i = 0; i < 5; i++) {
            assertThat(text("/" + i + "?q")).isEqualTo("200 /" + i + "?q");
        }
        assertThat(connects).hasValue(1);
    }

    @Test
    void contentOfUnknownLengthGoesInChunks() throws IOException {
        serve(HttpClientTest::echo);
        String large = "x".repeat(100_000);
        ClientContent content =
                sink -> {
                    sink.write(ReadOnlyCstruct.of("<"));
                    sink.write(ReadOnlyCstruct.of(large));
                };
        ClientRequest post = ClientRequest.of(Method.POST, "http://web.example/").with(content);
        assertThat(text(post)).isEqualTo("200 <" + large);
        assertThat(text(post.with(ReadOnlyCstruct.of("hi")))).isEqualTo("200 hi");
        assertThat(connects).hasValue(1);
    }

    @Test
    void redirectsAreFollowedAndCredentialsStayHome() throws IOException {
        serve(
                exchange -> {
                    String host = exchange.request().authority();
                    boolean authorized = exchange.request().fields().contains("authorization");
                    if (exchange.request().target().equals("/start")) {
                        exchange.respond(
                                Response.of(303, "Location", "http://other.example/end"),
                                ReadOnlyCstruct.of("gone"));
                    } else {
                        String said = exchange.request().method() + host + authorized;
                        exchange.respond(Response.of(200), ReadOnlyCstruct.of(said));
                    }
                });
        ClientRequest post =
                ClientRequest.of(Method.POST, "http://web.example/start")
                        .with("Authorization", "Basic eDp5")
                        .with(ReadOnlyCstruct.of("data"));
        assertThat(text(post)).isEqualTo("200 GETother.examplefalse");
    }

    @Test
    void endlessRedirectsEnd() throws IOException {
        serve(exchange -> exchange.respond(Response.of(302, "Location", "/"), empty()));
        assertThatThrownBy(() -> text("/")).hasMessageContaining("more than 10 redirects");
    }

    private static ReadOnlyCstruct empty() {
        return ReadOnlyCstruct.of("");
    }

    @Test
    void cookiesComeBack() throws IOException {
        client = client().cookies(new CookieJar(PublicSuffixes.TOP_LEVEL)).build();
        serve(
                exchange -> {
                    String cookie = exchange.request().fields().first("cookie").orElse("none");
                    exchange.respond(
                            Response.of(200, "Set-Cookie", "a=b"), ReadOnlyCstruct.of(cookie));
                });
        assertThat(text("/")).isEqualTo("200 none");
        assertThat(text("/")).isEqualTo("200 a=b");
    }

    @Test
    void gzipIsUndone() throws IOException {
        String large = "all work and no play ".repeat(5000);
        serve(
                new GzipContent(
                        exchange -> {
                            try (ContentSink sink =
                                    exchange.respond(Response.of(200, "Content-Type", "text/css"))) {
                                sink.write(ReadOnlyCstruct.of(large));
                            }
                        }));
        assertThat(text("/")).isEqualTo("200 " + large);
        assertThat(text(ClientRequest.get("http://web.example/").with("Accept-Encoding", "gzip")))
                .doesNotContain("work");
        assertThat(text("/")).isEqualTo("200 " + large);
        assertThat(connects).hasValue(1);
    }

    @Test
    void idempotentRequestGoesAgainWhereTheConnectionIsLost() throws Exception {
        var requests = new AtomicInteger();
        Listener listener = network.listen(WEB);
        Thread.ofVirtual().start(() -> answerEverySecond(listener, requests));
        assertThat(text("/")).isEqualTo("200 ok");
        assertThat(requests).hasValue(2);
        assertThatThrownBy(() -> text(ClientRequest.of(Method.POST, "http://web.example/")))
                .hasMessageContaining("no response");
        listener.close();
    }

    private static void answerEverySecond(Listener listener, AtomicInteger requests) {
        try {
            while (true) {
                Flow flow = listener.accept();
                flow.read(Cstruct.create(4096));
                if (requests.incrementAndGet() % 2 == 0) {
                    flow.write(
                            ReadOnlyCstruct.of(
                                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                                            + "Connection: close\r\n\r\nok"));
                }
                flow.close();
            }
        } catch (IOException e) {
            // The listener was closed.
        }
    }

    @Test
    void silentServerTimesOut() throws Exception {
        var goOn = new CountDownLatch(1);
        serve(
                exchange -> {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        client = client().timeouts(Timeouts.DEFAULT.withHead(50_000_000)).build();
        assertThatThrownBy(() -> text("/")).isInstanceOf(TimedOutException.class);
        goOn.countDown();
    }

    @Test
    void responseCutShortIsAFailure() throws IOException {
        Listener listener = network.listen(WEB);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Flow flow = listener.accept()) {
                                flow.read(Cstruct.create(4096));
                                flow.write(
                                        ReadOnlyCstruct.of(
                                                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        assertThatThrownBy(() -> text("/")).hasMessageContaining("ended within a response");
    }

    @Test
    void proxyIsAskedInAbsoluteForm() throws IOException {
        client =
                client().proxies(Proxies.of(Map.of("http_proxy", "http://u:p@proxy.example:80")))
                        .build();
        serve(
                exchange -> {
                    assertThat(exchange.request().fields().first("proxy-authorization"))
                            .contains("Basic dTpw");
                    String said = exchange.request().authority() + exchange.request().target();
                    exchange.respond(Response.of(200), ReadOnlyCstruct.of(said));
                });
        assertThat(text(ClientRequest.get("http://far.example:8080/x?y")))
                .isEqualTo("200 far.example:8080/x?y");
    }

    @Test
    void httpsGoesThroughATunnel() throws Exception {
        client =
                client().securing((flow, _) -> flow)
                        .proxies(Proxies.of(Map.of("https_proxy", "proxy.example:80")))
                        .build();
        HttpServer behind = HttpServer.builder(HttpClientTest::target, CLOCK).build();
        Listener listener = network.listen(WEB);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                Flow flow = listener.accept();
                                Cstruct buf = Cstruct.create(4096);
                                int count = flow.read(buf);
                                assertThat(buf.text(0, count, StandardCharsets.US_ASCII))
                                        .startsWith("CONNECT far.example:443 HTTP/1.1\r\n");
                                flow.write(ReadOnlyCstruct.of("HTTP/1.1 200 Yes\r\n\r\n"));
                                behind.serve(flow);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        assertThat(text(ClientRequest.get("https://far.example/x"))).isEqualTo("200 /x");
        assertThat(text(ClientRequest.get("https://far.example/y"))).isEqualTo("200 /y");
        assertThat(connects).hasValue(1);
    }

    @Test
    void secondAddressIsTriedWhereTheFirstIsDead() throws IOException {
        serve(HttpClientTest::target);
        var dead = IpAddress.of("2001:db8::1");
        client =
                HttpClient.builder(connector, _ -> List.of(dead, WEB.address()), CLOCK).build();
        assertThat(text("/")).isEqualTo("200 /");
        assertThat(connects).hasValue(2);
    }

    @Test
    void eventsGoOnWhereTheStreamBroke() throws Exception {
        var hub = new EventHub(10, 10);
        HttpServer server =
                serve(
                        exchange -> {
                            if (hub.readers() == 0
                                    && exchange.request().fields().contains("last-event-id")) {
                                exchange.respond(Response.of(204)).close();
                            } else {
                                hub.handle(exchange);
                            }
                        });
        hub.publish(ServerSentEvent.of("before").withRetry(1));
        try (var source = new EventSource(client, ClientRequest.get("http://web.example/"))) {
            var first = new AtomicInteger();
            Thread publisher =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (hub.readers() == 0) {
                                            Thread.onSpinWait();
                                        }
                                        hub.publish(ServerSentEvent.of("now").withRetry(1));
                                        first.set(1);
                                        hub.close();
                                    });
            assertThat(source.next()).isEqualTo(ServerSentEvent.of("now").withId("2"));
            publisher.join();
            assertThat(source.next()).isNull();
        }
        server.close();
    }
}
