// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.sse.ServerSentEvent;
import io.mirage4j.http.wire.Limits;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.memory.MemoryConsole;
import io.mirage4j.platform.memory.MemoryKv;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;

/// One connection over a pipe in memory.
@Timeout(60)
class HttpServerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static final Handler HELLO =
            exchange -> exchange.respond(Response.of(200), ReadOnlyCstruct.of("hello"));

    private static HttpServer.Builder server(Handler handler) {
        return HttpServer.builder(handler, Pipe.CLOCK);
    }

    private static String answer(Handler handler, String request) throws Exception {
        return Pipe.answer(server(handler).build(), request);
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    static void echo(Exchange exchange) throws IOException {
        ContentSource content = exchange.content();
        try (ContentSink sink = exchange.respond(Response.of(200))) {
            Cstruct buf = Cstruct.create(5000);
            for (int count; (count = content.read(buf)) != ContentSource.END; ) {
                sink.write(buf.sub(0, count));
            }
            sink.close(content.trailers());
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        Handler target =
                exchange ->
                        exchange.respond(
                                Response.of(200), ReadOnlyCstruct.of(exchange.request().target()));
        String answer = answer(target, GET.replace("/ ", "/1 ") + GET.replace("/ ", "/2 ") + LAST);
        assertThat(answer.indexOf("/1")).isPositive().isLessThan(answer.indexOf("/2"));
        assertThat(answer).endsWith("\r\n\r\n/").containsOnlyOnce("Connection: close");
    }

    @Test
    void contentIsStreamedBothWaysWithTrailers() throws Exception {
        String request =
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n";
        String answer = answer(HttpServerTest::echo, request);
        assertThat(content(answer)).isEqualTo("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n");
    }

    @Test
    void oldClientsGetContentUntilTheEnd() throws Exception {
        String answer =
                answer(HttpServerTest::echo, "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(answer)
                .contains("Connection: close")
                .doesNotContain("chunked")
                .endsWith("\r\n\r\nhi");
    }

    @Test
    void responseToHeadHasNoContent() throws Exception {
        assertThat(answer(HELLO, LAST.replace("GET", "HEAD")))
                .contains("Content-Length: 5")
                .endsWith("\r\n\r\n");
    }

    @Test
    void clientThatWaitsIsToldToGoOnOnceTheContentIsRead() throws Exception {
        Handler reads =
                exchange -> {
                    exchange.content().read(Cstruct.create(2));
                    HELLO.handle(exchange);
                };
        String request =
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        Pipe pipe = Pipe.to(server(reads).build());
        pipe.says(request);
        assertThat(pipe.hears("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        pipe.says("hi");
        assertThat(pipe.hears("hello")).startsWith("HTTP/1.1 200 OK").doesNotContain("close");
        Pipe refused = Pipe.to(server(HELLO).build());
        refused.says(request);
        assertThat(refused.hears("hello")).contains("200 OK", "Connection: close");
    }

    @Test
    void handlerThatThrowsIsA500AndTheLogHasTheCause() throws Exception {
        var console = new MemoryConsole();
        HttpServer server =
                server(
                                exchange -> {
                                    throw new IllegalStateException("no \"luck\"");
                                })
                        .log(AccessLog.common(console))
                        .build();
        assertThat(Pipe.answer(server, LAST)).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
        assertThat(console.text()).contains("\"GET / HTTP/1.1\" 500").contains("no \\\"luck\\\"");
    }

    @Test
    void handlerThatFailsAmidContentDoesNotEndIt() throws Exception {
        Handler failing =
                exchange -> {
                    try (ContentSink sink = exchange.respond(Response.of(200))) {
                        sink.write(ReadOnlyCstruct.of("half"));
                        sink.flush();
                        throw new IOException("the rest is lost");
                    }
                };
        Pipe pipe = Pipe.to(server(failing).build());
        pipe.says(GET);
        String heard = "";
        try {
            heard = pipe.hearsToTheEnd();
        } catch (IOException e) {
            heard = "reset";
        }
        assertThat(heard).doesNotContain("\r\n0\r\n");
    }

    @Test
    void everyFaultHasItsStatusAndItsCauseInTheLog() throws Exception {
        var console = new MemoryConsole();
        HttpServer server =
                server(HttpServerTest::echo)
                        .rules(Rules.STRICT.with(Limits.builder().content(10).build()))
                        .log(AccessLog.json(console))
                        .build();
        Map<String, Integer> requests =
                Map.of(
                        "GET / HTTP/1.1\r\n\r\n",
                        400,
                        "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n",
                        414,
                        "GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(9000) + "\r\n",
                        431,
                        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                        505,
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x, chunked\r\n\r\n",
                        501,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n",
                        413);
        for (var request : requests.entrySet()) {
            assertThat(Pipe.answer(server, request.getKey()))
                    .startsWith("HTTP/1.1 " + request.getValue() + " ")
                    .contains("\r\nConnection: close\r\n");
        }
        assertThat(console.text().lines()).hasSize(6).noneMatch(l -> l.contains("\"cause\":\"\""));
        assertThat(server.metrics().refusals()).isEqualTo(6);
    }

    @Test
    void slowHeadGets408AndIdleConnectionIsClosed() throws Exception {
        HttpServer server =
                server(HELLO)
                        .deadlines(Deadlines.DEFAULT.withHead(50_000_000).withIdle(50_000_000))
                        .build();
        Pipe slow = Pipe.to(server);
        slow.says("GET / HT");
        assertThat(slow.hearsToTheEnd()).startsWith("HTTP/1.1 408 ");
        Pipe idle = Pipe.to(server);
        idle.says(GET);
        assertThat(idle.hearsToTheEnd()).endsWith("\r\n\r\nhello").doesNotContain("408");
        assertThat(server.metrics().timeouts()).isEqualTo(2);
    }

    @Test
    void slowContentGets408() throws Exception {
        HttpServer server =
                server(
                                exchange -> {
                                    exchange.content().read(Cstruct.create(10));
                                    exchange.content().read(Cstruct.create(10));
                                })
                        .deadlines(Deadlines.DEFAULT.withBody(50_000_000, 1_000_000))
                        .build();
        Pipe pipe = Pipe.to(server);
        pipe.says("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
        assertThat(pipe.hearsToTheEnd()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void clientThatDoesNotReadIsCutOff() throws Exception {
        var ended = new CountDownLatch(1);
        HttpServer server =
                server(
                                exchange -> {
                                    try (ContentSink sink = exchange.respond(Response.of(200))) {
                                        while (true) {
                                            sink.write(Cstruct.create(1 << 16));
                                        }
                                    } finally {
                                        ended.countDown();
                                    }
                                })
                        .deadlines(Deadlines.DEFAULT.withWrite(50_000_000))
                        .build();
        Pipe.to(server).says(GET);
        ended.await();
        assertThat(server.metrics().handlerFailures()).isZero();
    }

    @Test
    void preparedResponsesLeaveWithoutTheHandler() throws Exception {
        var prepared =
                Prepared.of(
                        Response.of(200, "Content-Type", "text/plain"), ReadOnlyCstruct.of("fast"));
        HttpServer server =
                server(HELLO).shortcut(new PreparedPaths(Map.of("/", prepared))).build();
        String answer = Pipe.answer(server, GET + GET.replace("GET", "HEAD") + LAST);
        assertThat(answer.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(4);
        assertThat(answer.split("fast", -1)).hasSize(3);
        assertThat(answer).endsWith("\r\nConnection: close\r\n\r\nfast").contains("\r\nDate: ");
    }

    @Test
    void drainAnswersWhatIsUnderWayAndLosesNothing() throws Exception {
        var inHandler = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        HttpServer server =
                server(
                                exchange -> {
                                    if (exchange.request().target().equals("/slow")) {
                                        inHandler.countDown();
                                        await(goOn);
                                    }
                                    HELLO.handle(exchange);
                                })
                        .build();
        Pipe idle = Pipe.to(server);
        idle.says(GET);
        assertThat(idle.hears("hello")).contains("200 OK");
        Pipe busy = Pipe.to(server);
        busy.says(GET.replace("/ ", "/slow "));
        inHandler.await();
        var cutOff = new FutureTask<>(() -> server.drain(20_000_000_000L));
        Thread.ofVirtual().start(cutOff);
        assertThat(idle.hearsToTheEnd()).isEmpty();
        goOn.countDown();
        assertThat(busy.hearsToTheEnd()).contains("Connection: close").endsWith("hello");
        assertThat(cutOff.get()).isZero();
        assertThat(server.metrics().connections()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eventsReachReadersAndThoseWhoComeAgainGetWhatTheyMissed() throws Exception {
        var hub = new EventHub(10, 10);
        HttpServer server = server(hub).build();
        Pipe first = Pipe.to(server);
        first.says(GET);
        first.hears("\r\n\r\n");
        while (hub.readers() == 0) {
            Thread.onSpinWait();
        }
        hub.publish(ServerSentEvent.of("one\ntwo"));
        assertThat(first.hears("\n\n")).contains("id: 1\ndata: one\ndata: two\n\n");
        hub.publish(ServerSentEvent.of("three").withType("t"));
        hub.close();
        Pipe again = Pipe.to(server);
        again.says("GET / HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 1\r\n\r\n");
        assertThat(again.hears("0\r\n\r\n"))
                .contains("event: t\nid: 2\ndata: three\n\n")
                .doesNotContain("one");
    }

    @Test
    void slowReaderOfEventsIsLetGo() throws Exception {
        var hub = new EventHub(0, 2);
        HttpServer server = server(hub).build();
        Pipe pipe = Pipe.to(server);
        pipe.says(GET);
        while (hub.readers() == 0) {
            Thread.onSpinWait();
        }
        var large = ServerSentEvent.of("x".repeat(100_000));
        while (hub.readers() > 0) {
            hub.publish(large);
        }
        assertThat(hub.readers()).isZero();
    }

    @Test
    void contentIsCompressedForWhoTakesIt() throws Exception {
        String text = "all work and no play ".repeat(1000);
        Handler plain =
                exchange ->
                        exchange.respond(
                                Response.of(200, "Content-Type", "text/plain", "ETag", "\"a\""),
                                ReadOnlyCstruct.of(text));
        String request =
                LAST.replace("Host", "Accept-Encoding: gzip\r\nHost").replace("1.1", "1.0");
        String answer = answer(new GzipContent(plain), request);
        assertThat(answer).contains("Content-Encoding: gzip", "Vary: Accept-Encoding", "W/\"a\"");
        byte[] coded = content(answer).getBytes(StandardCharsets.ISO_8859_1);
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(coded))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(text);
        }
        assertThat(answer(new GzipContent(plain), LAST)).contains(text).doesNotContain("gzip");
    }

    @Test
    void filesHaveTagsConditionsRangesAndFolders() throws Exception {
        var kv = new MemoryKv();
        kv.put("a.txt", "0123456789");
        kv.put("sub/index.html", "<p>");
        kv.put(".secret", "x");
        Handler site = StaticContent.of(kv);
        String whole = answer(site, get("/a.txt", ""));
        String tag = whole.substring(whole.indexOf("ETag: ") + 6).lines().findFirst().orElseThrow();
        assertThat(whole)
                .contains("Content-Type: text/plain; charset=utf-8")
                .endsWith("0123456789");
        assertThat(answer(site, get("/a.txt", "If-None-Match: " + tag + "\r\n")))
                .startsWith("HTTP/1.1 304 ")
                .endsWith("\r\n\r\n");
        assertThat(answer(site, get("/a.txt", "Range: bytes=2-3\r\n")))
                .startsWith("HTTP/1.1 206 ")
                .contains("Content-Range: bytes 2-3/10")
                .endsWith("\r\n\r\n23");
        assertThat(answer(site, get("/a.txt", "Range: bytes=0-0,-1\r\n")))
                .contains("multipart/byteranges")
                .contains("bytes 9-9/10\r\n\r\n9\r\n--");
        assertThat(answer(site, get("/a.txt", "Range: bytes=10-\r\n")))
                .startsWith("HTTP/1.1 416 ")
                .contains("bytes */10");
        assertThat(answer(site, get("/sub", ""))).contains("Location: /sub/\r\n");
        assertThat(answer(site, get("/sub/", ""))).endsWith("<p>");
        for (String none :
                new String[] {
                    "/b", "/.secret", "/../a.txt", "/%2e%2e/a.txt", "/sub%2findex.html"
                }) {
            assertThat(answer(site, get(none, ""))).as(none).startsWith("HTTP/1.1 404 ");
        }
        assertThat(answer(site, get("//sub", ""))).doesNotContain("Location");
        assertThat(answer(site, LAST.replace("GET", "POST"))).startsWith("HTTP/1.1 405 ");
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n";
    }

    @Test
    void responseCanNotBeSplit() throws Exception {
        Handler splitting =
                exchange ->
                        exchange.respond(
                                new Response(200, Fields.of("X", "a\r\nSet-Cookie: b")),
                                ReadOnlyCstruct.of(""));
        assertThat(answer(splitting, LAST))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("Set-Cookie");
    }

    @Property(tries = 200)
    void nothingThatAClientSendsThrowsOutOfTheServer(@ForAll byte[] octets) throws Exception {
        HttpServer server = server(HttpServerTest::echo).build();
        byte[] head = GET.getBytes(StandardCharsets.US_ASCII);
        byte[] both = new byte[head.length + octets.length];
        System.arraycopy(head, 0, both, 0, head.length);
        System.arraycopy(octets, 0, both, head.length, octets.length);
        assertThat(Pipe.answer(server, both)).startsWith("HTTP/1.1 200 ");
        assertThat(server.metrics().handlerFailures()).isZero();
    }

    @Test
    void drainEndsEventStreamsBehindTheirLastEvent() throws Exception {
        var hub = new EventHub(0, 8);
        HttpServer server = server(hub).build();
        Pipe pipe = Pipe.to(server);
        pipe.says(GET);
        pipe.hears("\r\n\r\n");
        while (hub.readers() == 0) {
            Thread.onSpinWait();
        }
        hub.publish(ServerSentEvent.of("last"));
        assertThat(server.drain(20_000_000_000L)).isZero();
        assertThat(pipe.hearsToTheEnd()).contains("data: last").endsWith("\r\n0\r\n\r\n");
        assertThat(hub.readers()).isZero();
    }
}
