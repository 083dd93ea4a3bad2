// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

class MessageReaderTest {
    private static final String HOST = "Host: a\r\n";

    @Test
    void interimResponsesAreFollowedByTheFinalOne() {
        Transcript read =
                responses(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(read.messages).extracting(m -> m.status).containsExactly(100, 200);
        assertThat(read.messages.getLast().content).hasToString("hi");
    }

    @Test
    void responseToHeadHasNoContent() {
        MessageReader reader = MessageReader.ofResponses(Rules.STRICT);
        reader.answersTo(Asked.HEAD);
        Transcript read =
                Transcript.of(
                        reader,
                        octets("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 \r\n\r\n"),
                        false,
                        true);
        assertThat(read.messages).extracting(m -> m.status).containsExactly(200, 204);
        assertThat(read.malformed).isNull();
    }

    @Test
    void successOfConnectIsATunnelAndFailureIsNot() {
        MessageReader reader = MessageReader.ofResponses(Rules.STRICT);
        reader.answersTo(Asked.CONNECT);
        Cstruct input = Cstruct.of(octets("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"));
        assertThat(reader.next(input)).isEqualTo(Event.HEAD);
        assertThat(reader.next(input.shift(reader.consumed()))).isEqualTo(Event.END);
        assertThat(reader.next(input)).isEqualTo(Event.TUNNEL);

        reader = MessageReader.ofResponses(Rules.STRICT);
        reader.answersTo(Asked.CONNECT);
        Transcript refused =
                Transcript.of(
                        reader,
                        octets("HTTP/1.1 407 No\r\nContent-Length: 3\r\n\r\nabc"),
                        false,
                        false);
        assertThat(refused.tunnel).isFalse();
        assertThat(refused.messages.getFirst().content).hasToString("abc");
    }

    @Test
    void responseWithoutLengthEndsWithTheInput() {
        Transcript read =
                Transcript.of(
                        MessageReader.ofResponses(Rules.STRICT),
                        octets("HTTP/1.1 200 OK\r\n\r\nabc"),
                        false,
                        true);
        assertThat(read.messages.getFirst().complete).isTrue();
        assertThat(read.messages.getFirst().content).hasToString("abc");
    }

    @Test
    void inputThatEndsWithinAMessageIsIncomplete() {
        Transcript read =
                Transcript.of(
                        MessageReader.ofRequests(Rules.STRICT),
                        octets("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc"),
                        false,
                        true);
        assertThat(read.malformed.fault()).isEqualTo(Fault.INCOMPLETE);
    }

    @Test
    void otherProtocolsAreTakenWhereTheyAreLetPass() {
        String play = "PLAY rtsp://a/b RTSP/1.0\r\nCSeq: 1\r\n\r\n";
        assertThat(requests(play).malformed.fault()).isEqualTo(Fault.BAD_VERSION);
        assertThat(with(Leniency.RTSP_AND_ICE, play).messages).hasSize(1);
        assertThat(with(Leniency.RTSP_AND_ICE, "SOURCE /m ICE/1.0\r\n\r\n").messages).hasSize(1);
        for (String other : List.of("PLAY / HTTP/1.1", "PLAY /m ICE/1.0", "PUT / RTSP/1.0")) {
            Transcript read = with(Leniency.RTSP_AND_ICE, other + "\r\n\r\n");
            assertThat(read.malformed).as(other).isNotNull();
        }
    }

    @Test
    void asteriskIsForOptionsUnlessItIsLetPass() {
        String search = "M-SEARCH * HTTP/1.1\r\n" + HOST + "\r\n";
        assertThat(requests(search).malformed.fault()).isEqualTo(Fault.BAD_TARGET);
        assertThat(with(Leniency.ASTERISK_FOR_ANY_METHOD, search).messages).hasSize(1);
    }

    @Test
    void upgradeIsTheServersDecision() {
        MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
        byte[] input =
                octets("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n..");
        Cstruct window = Cstruct.of(input);
        assertThat(reader.next(window)).isEqualTo(Event.HEAD);
        window = window.shift(reader.consumed());
        assertThat(reader.head().upgrade()).isTrue();
        assertThat(reader.next(window)).isEqualTo(Event.END);
        reader.tunnel();
        assertThat(reader.next(window)).isEqualTo(Event.TUNNEL);
        assertThat(reader.consumed()).isZero();
    }

    @Test
    void expectationOfHttp10IsIgnored() {
        String head =
                "POST / HTTP/%s\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n";
        assertThat(headOf(head.formatted("1.1")).expectsContinue()).isTrue();
        assertThat(headOf(head.formatted("1.0")).expectsContinue()).isFalse();
    }

    @Test
    void trailersComeWithTheEnd() {
        Transcript read =
                requests(
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "1;a=b\r\nx\r\n0\r\nDigest: y\r\n\r\n");
        assertThat(read.messages.getFirst().trailers).containsExactly("Digest: y");
        assertThat(read.messages.getFirst().chunks).containsExactly("1;a=b", "0");
    }

    @Test
    void methodOutsideOfAClosedSetGets501() {
        Transcript read =
                Transcript.ofRequests(
                        Rules.STRICT.withMethods(Set.of("GET")),
                        octets("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertThat(read.malformed.status()).isEqualTo(501);
    }

    @Test
    void limitsAreExact() {
        String line = "GET /" + "a".repeat(20) + " HTTP/1.1";
        assertStatus(Limits.builder().startLine(line.length()), line + "\r\n" + HOST + "\r\n", 0);
        assertStatus(
                Limits.builder().startLine(line.length() - 1), line + "\r\n" + HOST + "\r\n", 414);

        String field = "X: " + "y".repeat(20);
        String request = "GET / HTTP/1.1\r\n" + HOST + field + "\r\n\r\n";
        assertStatus(
                Limits.builder().fieldLine(field.length()).head(2, request.length()), request, 0);
        assertStatus(
                Limits.builder().fieldLine(field.length() - 1).head(2, request.length()),
                request,
                431);
        assertStatus(
                Limits.builder().fieldLine(field.length()).head(1, request.length()), request, 431);
        assertStatus(
                Limits.builder().fieldLine(field.length()).head(2, request.length() - 1),
                request,
                431);

        String chunks =
                "POST / HTTP/1.1\r\n"
                        + HOST
                        + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0;c\r\nT: u\r\n\r\n";
        assertStatus(Limits.builder().chunkLine(5).chunkExtensions(6), chunks, 0);
        assertStatus(Limits.builder().chunkLine(4).chunkExtensions(6), chunks, 400);
        assertStatus(Limits.builder().chunkLine(5).chunkExtensions(5), chunks, 400);
        assertStatus(Limits.builder().trailers(8), chunks, 0);
        assertStatus(Limits.builder().trailers(7), chunks, 431);
        assertStatus(Limits.builder().content(3), chunks, 0);
        assertStatus(Limits.builder().content(2), chunks, 413);

        String length = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc";
        assertStatus(Limits.builder().content(3), length, 0);
        assertStatus(Limits.builder().content(2), length, 413);
    }

    @Test
    void endlessInputCostsNoMoreThanItsLimit() {
        for (String begin :
                new String[] {
                    "",
                    "GET /",
                    "GET / HTTP/1.1\r\n",
                    "GET / HTTP/1.1\r\nA: ",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: "
                }) {
            MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
            byte[] input = octets(begin + "0".repeat(100_000));
            int from = 0;
            int most = 0;
            Event event = Event.MORE;
            for (int end = 1; end <= input.length && event != Event.MALFORMED; end++) {
                do {
                    event = reader.next(Cstruct.of(input, from, end - from));
                    from += reader.consumed();
                } while (event != Event.MORE && event != Event.MALFORMED);
                most = Math.max(most, end - from);
            }
            assertThat(event).as(begin).isEqualTo(Event.MALFORMED);
            assertThat(most).as(begin).isLessThan(10_000);
        }
    }

    @Test
    void faultsNameTheirPlace() {
        Transcript read =
                requests("GET / HTTP/1.1\r\n" + HOST + "\r\nGET / HTTP/1.1\r\nA B: c\r\n");
        assertThat(read.malformed).isEqualTo(new Malformed(Fault.SPACE_BEFORE_COLON, 44));
        assertThat(read.malformed)
                .hasToString("white space between a field name and its colon, octet 44");
    }

    private static void assertStatus(Limits.Builder limits, String input, int status) {
        Transcript read = Transcript.ofRequests(Rules.STRICT.with(limits.build()), octets(input));
        assertThat(read.malformed == null ? 0 : read.malformed.status())
                .as("%s: %s", limits, read)
                .isEqualTo(status);
    }

    private static Head headOf(String input) {
        MessageReader reader = MessageReader.ofRequests(Rules.STRICT);
        assertThat(reader.next(Cstruct.of(octets(input)))).isEqualTo(Event.HEAD);
        return reader.head();
    }

    private static Transcript requests(String input) {
        return Transcript.ofRequests(Rules.STRICT, octets(input));
    }

    private static Transcript with(Leniency leniency, String input) {
        return Transcript.ofRequests(Rules.STRICT.with(leniency), octets(input));
    }

    private static Transcript responses(String input) {
        return Transcript.of(MessageReader.ofResponses(Rules.STRICT), octets(input), false, false);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
