// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.platform.Flow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Handlers that take the flow over.
@Timeout(60)
class TunnelTest {
    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";
    private static final String CONNECT = "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n";

    private static final Response SWITCHING = Response.of(101, "Upgrade", "echo");

    private static HttpServer server(Handler handler) {
        return HttpServer.builder(handler, Pipe.CLOCK).connects(TunnelTest::connect).build();
    }

    private static void echo(Flow flow) throws IOException {
        Cstruct buf = Cstruct.create(3);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            flow.write(buf.sub(0, count));
        }
    }

    private static void upgrade(Exchange exchange) throws IOException {
        if (exchange.asksForTunnel()) {
            echo(exchange.tunnel(SWITCHING));
        } else {
            exchange.respond(Response.of(426, "Upgrade", "echo"), ReadOnlyCstruct.of(""));
        }
    }

    private static void connect(Exchange exchange) throws IOException {
        echo(exchange.tunnel(Response.of(200)));
    }

    @Test
    void upgradedFlowBeginsWithWhatCameBehindTheRequest() throws Exception {
        String answer = Pipe.answer(server(TunnelTest::upgrade), UPGRADE + "GET / is no request");
        assertThat(answer)
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .contains("Upgrade: echo\r\n", "Connection: upgrade\r\n")
                .doesNotContain("Content-Length", "Transfer-Encoding")
                .endsWith("\r\n\r\nGET / is no request");
    }

    @Test
    void tunnelGoesBothWaysAfterConnect() throws Exception {
        Pipe pipe = Pipe.to(server(TunnelTest::upgrade));
        pipe.says(CONNECT);
        assertThat(pipe.hears("\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .doesNotContain("Content-Length", "Connection");
        for (String word : new String[] {"one", "another", "x".repeat(100_000)}) {
            CompletableFuture<Void> said =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    pipe.says(word + "!");
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            assertThat(pipe.hears("!")).isEqualTo(word + "!");
            said.get(20, TimeUnit.SECONDS);
        }
        pipe.flow().shutdownOutput();
        assertThat(pipe.hearsToTheEnd()).isEmpty();
    }

    @Test
    void connectGets501WhereNobodyTakesIt() throws Exception {
        HttpServer server = HttpServer.builder(TunnelTest::upgrade, Pipe.CLOCK).build();
        assertThat(Pipe.answer(server, CONNECT + "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("Connection: close")
                .containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void successOfConnectIsOnlyATunnel() throws Exception {
        HttpServer server =
                HttpServer.builder(TunnelTest::upgrade, Pipe.CLOCK)
                        .connects(exchange -> exchange.respond(Response.of(200)).close())
                        .build();
        assertThat(Pipe.answer(server, CONNECT)).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void upgradeOfHttp10IsIgnored() throws Exception {
        String request = UPGRADE.replace("HTTP/1.1", "HTTP/1.0");
        assertThat(Pipe.answer(server(TunnelTest::upgrade), request)).startsWith("HTTP/1.1 426 ");
    }

    @Test
    void contentIsReadBeforeTheProtocolChanges() throws Exception {
        String request = UPGRADE.replace("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\nab") + "rest";
        assertThat(Pipe.answer(server(TunnelTest::upgrade), request)).startsWith("HTTP/1.1 500 ");
        Handler reads =
                exchange -> {
                    Cstruct buf = Cstruct.create(9);
                    while (exchange.content().read(buf) >= 0) {}
                    upgrade(exchange);
                };
        assertThat(Pipe.answer(server(reads), request))
                .startsWith("HTTP/1.1 101 ")
                .endsWith("\r\n\r\nrest");
    }

    @Test
    void handlerThatWasNotAskedGetsNoTunnel() throws Exception {
        Handler rash = exchange -> exchange.tunnel(SWITCHING);
        assertThat(Pipe.answer(server(rash), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ");
    }

    @Test
    void tunnelIsToldOfADrain() throws Exception {
        Handler untilDrained =
                exchange -> {
                    Flow flow = exchange.tunnel(SWITCHING);
                    var drained = new CompletableFuture<ReadOnlyCstruct>();
                    exchange.onDrain(() -> drained.complete(ReadOnlyCstruct.of("bye")));
                    flow.write(drained.join());
                };
        HttpServer server = server(untilDrained);
        Pipe pipe = Pipe.to(server);
        pipe.says(UPGRADE);
        assertThat(pipe.hears("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(server.drain(TimeUnit.SECONDS.toNanos(20))).isZero();
        assertThat(pipe.hearsToTheEnd()).isEqualTo("bye");
    }
}
