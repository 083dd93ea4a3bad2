// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.wire.Head;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.memory.MemoryConsole;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Connections that idle without a thread, over the sockets of the system: what is answered where
/// it arrives, what goes on in a thread, and how it all ends.
@Timeout(60)
class ArrivalTest {
    private static final String PREPARED = "GET /prepared HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HANDLED = "GET /handled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CONTENT = "x".repeat(4000);
    private static final Handler HANDLER =
            exchange -> exchange.respond(Response.of(200), ReadOnlyCstruct.of("by a handler"));

    private final HostTransport transport = new HostTransport();
    private final List<Pipe> pipes = new ArrayList<>();
    private HttpServer server;
    private Endpoint where;

    private void serve(UnaryOperator<HttpServer.Builder> with) throws IOException {
        Listener listener = transport.listen(Endpoint.of("127.0.0.1:0"));
        where = listener.local().orElseThrow();
        server =
                with.apply(HttpServer.builder(HANDLER, Pipe.CLOCK).shortcut(ArrivalTest::prepared))
                        .build()
                        .start(listener);
    }

    private static @Nullable Prepared prepared(Head head) {
        return switch (head.target()) {
            case "/prepared" -> Prepared.of(Response.of(200), ReadOnlyCstruct.of(CONTENT));
            case "/broken" -> throw new IllegalStateException("broken");
            default -> null;
        };
    }

    private Pipe connect() throws IOException {
        Pipe pipe = Pipe.over(transport.connect(where));
        pipes.add(pipe);
        return pipe;
    }

    @AfterEach
    void close() {
        pipes.forEach(pipe -> pipe.flow().abort());
        server.close();
    }

    @Test
    void preparedAndHandledRequestsTakeTurns() throws Exception {
        serve(builder -> builder);
        Pipe pipe = connect();
        for (int turn = 0; turn < 200; turn++) {
            boolean handled = turn % 3 == 0;
            pipe.says(handled ? HANDLED : PREPARED);
            assertThat(pipe.hears(handled ? "by a handler" : CONTENT)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.metrics().requests()).isEqualTo(200);
        assertThat(server.metrics().connections()).isOne();
    }

    @Test
    void headThatComesOctetByOctetIsAnswered() throws Exception {
        serve(builder -> builder);
        Pipe pipe = connect();
        for (String request : List.of(PREPARED, HANDLED, PREPARED)) {
            for (int i = 0; i < request.length(); i++) {
                pipe.says(request.substring(i, i + 1));
            }
            assertThat(pipe.hears(request.equals(HANDLED) ? "by a handler" : CONTENT))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void responsesToAClientThatDoesNotListenYetWaitForIt() throws Exception {
        serve(builder -> builder);
        Pipe pipe = connect();
        int requests = 5_000;
        Thread asks =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        pipe.says(PREPARED.repeat(requests));
                                        pipe.flow().shutdownOutput();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        // Asked is more than the kernel keeps, and answered a hundred times that.
        while (server.metrics().requests() < 100) {
            Thread.onSpinWait();
        }
        long octets = 0;
        Cstruct buf = Cstruct.create(1 << 16);
        for (int count; (count = pipe.flow().read(buf)) > 0; ) {
            octets += count;
        }
        asks.join();
        assertThat(octets).isGreaterThan((long) requests * CONTENT.length());
        assertThat(server.metrics().requests()).isEqualTo(requests);
    }

    @Test
    void clientThatSaysNoMoreStillGetsItsAnswers() throws Exception {
        serve(builder -> builder);
        for (String request : List.of(PREPARED, HANDLED, PREPARED + HANDLED, HANDLED + PREPARED)) {
            Pipe pipe = connect();
            pipe.says(request);
            pipe.flow().shutdownOutput();
            assertThat(pipe.hearsToTheEnd())
                    .startsWith("HTTP/1.1 200 OK")
                    .doesNotContain("HTTP/1.1 4");
        }
        while (server.metrics().connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsMalformedIsRefusedAndLogged() throws Exception {
        var console = new MemoryConsole();
        serve(builder -> builder.log(AccessLog.json(console)));
        Pipe pipe = connect();
        pipe.says(PREPARED + "GET  / HTTP/1.1\r\n\r\n");
        assertThat(pipe.hearsToTheEnd()).contains(CONTENT, "HTTP/1.1 400 Bad Request");
        assertThat(console.text().lines()).hasSize(2);
        assertThat(console.text()).contains("\"127.0.0.1\"", "octet 39");
    }

    @Test
    void idleConnectionsEndInTimeAndSlowHeadsAreToldSo() throws Exception {
        var short50 = Deadlines.DEFAULT.withHead(50_000_000).withIdle(50_000_000);
        serve(builder -> builder.deadlines(short50));
        assertThat(connect().hearsToTheEnd()).isEmpty();
        Pipe idle = connect();
        idle.says(PREPARED);
        assertThat(idle.hearsToTheEnd()).endsWith(CONTENT);
        Pipe slow = connect();
        slow.says("GET / HT");
        assertThat(slow.hearsToTheEnd()).startsWith("HTTP/1.1 408 ");
        assertThat(server.metrics().timeouts()).isEqualTo(3);
    }

    @Test
    void drainEndsThoseThatIdleAndAnswersWhoHasJustAsked() throws Exception {
        serve(builder -> builder);
        List<Pipe> idle = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Pipe pipe = connect();
            pipe.says(i % 2 == 0 ? PREPARED : HANDLED);
            pipe.hears(i % 2 == 0 ? CONTENT : "by a handler");
            idle.add(pipe);
        }
        assertThat(server.drain(20_000_000_000L)).isZero();
        for (Pipe pipe : idle) {
            assertThat(pipe.hearsToTheEnd()).isEmpty();
        }
        assertThat(server.metrics().connections()).isZero();
        assertThatIOException().isThrownBy(this::connect);
    }

    @Test
    void closeCutsThoseThatIdle() throws Exception {
        serve(builder -> builder);
        Pipe pipe = connect();
        pipe.says(PREPARED);
        pipe.hears(CONTENT);
        server.close();
        assertThatIOException().isThrownBy(pipe::hearsToTheEnd);
        while (server.metrics().connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shortcutThatThrowsCostsItsOwnConnection() throws Exception {
        serve(builder -> builder);
        Pipe other = connect();
        Pipe broken = connect();
        broken.says(PREPARED.replace("/prepared", "/broken"));
        assertThatIOException().isThrownBy(broken::hearsToTheEnd);
        other.says(PREPARED);
        assertThat(other.hears(CONTENT)).startsWith("HTTP/1.1 200 OK");
        assertThat(server.metrics().handlerFailures()).isOne();
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsServedWhenOneIsFree() throws Exception {
        serve(builder -> builder.limits(ServerLimits.DEFAULT.withConnections(1)));
        Pipe first = connect();
        first.says(PREPARED);
        first.hears(CONTENT);
        Pipe second = connect();
        second.says(PREPARED);
        first.flow().close();
        assertThat(second.hears(CONTENT)).startsWith("HTTP/1.1 200 OK");
    }
}
