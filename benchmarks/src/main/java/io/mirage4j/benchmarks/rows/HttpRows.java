// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The heads of requests: one as a browser sends it, and one as small as they come. A turn parses
/// one and adds its length and the number of its fields.
///
/// The others judge less than ours: none of them looks at Host, at the form of the target, or at
/// what Content-Length and Transfer-Encoding say together.
final class HttpRows {
    private static final String BROWSER =
            """
            GET /shop/harbour-and-lighthouse/views?from=2026-03-04&to=2026-03-11&page=2 HTTP/1.1
            Host: www.harbour-views.example
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: is,en-GB;q=0.7,en;q=0.3
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://www.harbour-views.example/shop/
            Connection: keep-alive
            Cookie: session=7f3c9a51d2e84b60a1c5f0e9d8b7a6c5; theme=dark; visits=12; seen=%s
            Upgrade-Insecure-Requests: 1
            If-None-Match: "5e1f-62c0a9b4d1f80"
            Cache-Control: max-age=0

            """;

    private static final int BROWSER_OCTETS = 703;

    private static final String SMALL = "GET / HTTP/1.1\r\nHost: www.example.com\r\nA:\r\n\r\n";

    static List<Row> rows() {
        return List.of(
                inC("parse-703", browser(), "http-parser", 0.25, "parse_http_parser"),
                inC("parse-703", browser(), "pico-class C", 1.5, "parse_pico"),
                netty("parse-703", browser(), 0.1),
                inC("parse-45", SMALL, "http-parser", 0.25, "parse_http_parser"),
                inC("parse-45", SMALL, "pico-class C", 1.5, "parse_pico"),
                netty("parse-45", SMALL, 0.1),
                Row.value(
                        "cohttp",
                        "parse-703-allocation",
                        "octets",
                        0,
                        () -> Allocation.octetsPerTurn(ours(browser()))));
    }

    /// The request of a browser, its last cookie as long as makes it 703 octets.
    private static String browser() {
        String request = BROWSER.replace("\n", "\r\n");
        int missing = BROWSER_OCTETS - (request.length() - 2);
        return request.formatted("0123456789".repeat(100).substring(0, missing));
    }

    private static Row inC(String name, String request, String peer, double goal, String function) {
        return compared(
                "cohttp",
                name,
                peer,
                goal,
                () ->
                        new Pair<>(
                                ours(request),
                                CLibrary.of("cohttp.c")
                                        .body(
                                                function,
                                                window(request).asSegment(),
                                                (long) request.length())));
    }

    private static Row netty(String name, String request, double goal) {
        return compared(
                "cohttp", name, "netty", goal, () -> new Pair<>(ours(request), netty(request)));
    }

    private static Cstruct window(String request) {
        Cstruct window = Cstruct.allocate(Arena.ofAuto(), request.length(), 8);
        window.putText(0, request, StandardCharsets.ISO_8859_1);
        return window;
    }

    private static Body ours(String request) {
        Cstruct input = Cstruct.of(request.getBytes(StandardCharsets.ISO_8859_1));
        MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
        return times -> {
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                if (reader.next(input) != Event.HEAD) throw new IllegalStateException("no head");
                sum += reader.consumed() + reader.head().fields().count();
                reader.next(input); // the end of the message
            }
            return sum;
        };
    }

    private static Body netty(String request) {
        ByteBuf input = Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1);
        var channel = new EmbeddedChannel(new HttpRequestDecoder());
        return times -> {
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                channel.writeInbound(input.retainedDuplicate());
                for (HttpObject part; (part = channel.readInbound()) != null; ) {
                    if (part instanceof HttpRequest head) {
                        sum += input.readableBytes() + head.headers().size();
                    }
                    ReferenceCountUtil.release(part);
                }
            }
            return sum;
        };
    }

    private HttpRows() {}
}
