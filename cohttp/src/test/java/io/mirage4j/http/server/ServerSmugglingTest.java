// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Response;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.Fault;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.http.wire.SmugglingCase;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// The smuggling inputs, one connection each: what is not to be taken does not reach a handler.
class ServerSmugglingTest {
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server = HttpServer.builder(this::take, Pipe.CLOCK).build();

    /// Notes the content once all of it is there.
    private void take(Exchange exchange) throws IOException {
        ContentSource content = exchange.content();
        var all = new StringBuilder();
        Cstruct buf = Cstruct.create(3);
        for (int count; (count = content.read(buf)) != ContentSource.END; ) {
            all.append(buf.text(0, count, StandardCharsets.ISO_8859_1));
        }
        taken.add(all.toString());
        exchange.respond(Response.of(200), ReadOnlyCstruct.of("taken"));
    }

    @TestFactory
    Stream<DynamicTest> noRequestBeyondTheVerdictReachesTheHandler() throws IOException {
        return SmugglingCase.all().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> judge(c)));
    }

    private void judge(SmugglingCase c) throws Exception {
        taken.clear();
        var expected = Expected.of(c.input());
        String answer = Pipe.answer(server, c.input());
        assertThat(taken).hasSize(expected.complete);
        assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(expected.complete + 1);
        if (expected.fault != null && expected.fault != Fault.DATA_AFTER_CLOSE) {
            assertThat(answer)
                    .contains("HTTP/1.1 " + expected.fault.status() + " ")
                    .contains("\r\nConnection: close\r\n");
        }
        String[] verdict = c.verdict().split(" ", 3);
        if (verdict[0].equals("taken")) {
            assertThat(taken).hasSize(Integer.parseInt(verdict[1]));
            assertThat(taken.getFirst()).isEqualTo(verdict.length < 3 ? "" : verdict[2]);
        }
    }

    /// What the codec alone makes of an input.
    private record Expected(int complete, Fault fault) {
        static Expected of(byte[] input) {
            MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
            ReadOnlyCstruct rest = Cstruct.of(input).readOnly();
            int complete = 0;
            boolean tunnel = false;
            while (true) {
                Event event = reader.next(rest);
                rest = rest.shift(reader.consumed());
                switch (event) {
                    case HEAD -> tunnel = reader.head().hasMethod("CONNECT");
                    case END -> complete += tunnel ? 0 : 1;
                    case MORE -> {
                        boolean cut = reader.finish() == Event.MALFORMED;
                        return new Expected(complete, cut ? reader.malformed().fault() : null);
                    }
                    case MALFORMED -> {
                        return new Expected(complete, reader.malformed().fault());
                    }
                    case TUNNEL -> {
                        return new Expected(complete, null);
                    }
                    default -> {}
                }
            }
        }
    }
}
