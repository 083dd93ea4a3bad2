// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// However the input is cut, the reader says the same of it, faults and their offsets included.
class SplitsTest {
    /// Small enough for what is made here to run into them.
    private static final Limits TIGHT = new Limits(40, 40, 4, 120, 2, 20, 30, 60, 40);

    /// Pieces of messages, sound and not, that are put together at random.
    private static final List<String> PIECES =
            List.of(
                    "GET / HTTP/1.1\r\n",
                    "POST /a?b HTTP/1.1\r\n",
                    "CONNECT a:1 HTTP/1.1\r\n",
                    "OPTIONS * HTTP/1.0\r\n",
                    "GET http://a/ HTTP/1.1\r\n",
                    "HTTP/1.1 200 OK\r\n",
                    "HTTP/1.1 100\r\n",
                    "HTTP/1.0 304 \r\n",
                    "Host: a\r\n",
                    "Host:a:80\r\n",
                    "Content-Length: 3\r\n",
                    "Content-Length: 0\r\n",
                    "Content-Length: 0x10\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: gzip,chunked\r\n",
                    "Connection: close\r\n",
                    "Connection: upgrade\r\nUpgrade: x\r\n",
                    "Expect: 100-continue\r\n",
                    "X: \t y\t \r\n",
                    "A-Rather-Long-Name: with a rather long value in it\r\n",
                    " folded\r\n",
                    "X : y\r\n",
                    "no colon\r\n",
                    "\r\n",
                    "\r\n",
                    "\n",
                    "\r",
                    "abc",
                    "3\r\nabc\r\n",
                    "3;a=b;c=\"d\\\"e\"\r\nabc\r\n",
                    "0\r\n",
                    "0 ;x\r\n",
                    "T: u\r\n",
                    "ffffffffffffffff\r\n",
                    "\u0000",
                    "\u00ff");

    @Provide
    Arbitrary<byte[]> inputs() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(16)
                .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<Rules> rules() {
        Arbitrary<Set<Leniency>> some =
                Arbitraries.of(Leniency.class).set().ofMaxSize(Leniency.values().length);
        Arbitrary<Set<Leniency>> leniencies =
                Arbitraries.oneOf(
                        Arbitraries.just(Set.of()),
                        Arbitraries.just(EnumSet.allOf(Leniency.class)),
                        some);
        return Combinators.combine(Arbitraries.of(Limits.DEFAULT, TIGHT), leniencies)
                .as((limits, lenient) -> new Rules(limits, lenient, Set.of()));
    }

    @Property(tries = 3000)
    void eventsAreTheSameHoweverTheInputIsCut(
            @ForAll("inputs") byte[] input,
            @ForAll("rules") Rules rules,
            @ForAll boolean requests,
            @ForAll @Size(max = 6) List<Integer> cuts) {
        String whole = read(rules, requests, input);
        int[] places =
                cuts.stream().mapToInt(c -> Math.floorMod(c, input.length + 1)).sorted().toArray();
        assertThat(read(rules, requests, input, places)).isEqualTo(whole);
    }

    @Property(tries = 1500)
    void eventsAreTheSameOctetByOctet(
            @ForAll("inputs") byte[] input,
            @ForAll("rules") Rules rules,
            @ForAll boolean requests) {
        int[] all = IntStream.range(1, Math.max(1, input.length)).toArray();
        assertThat(read(rules, requests, input, all)).isEqualTo(read(rules, requests, input));
    }

    @Property(tries = 1500)
    void anyOctetsAreReadWithoutAnException(@ForAll byte[] input, @ForAll("rules") Rules rules) {
        assertThat(read(rules, true, input)).isNotNull();
        assertThat(read(rules, false, input)).isNotNull();
    }

    private static String read(Rules rules, boolean requests, byte[] input, int... cuts) {
        MessageReader reader =
                requests ? MessageReader.ofRequests(rules) : MessageReader.ofResponses(rules);
        return Transcript.of(reader, input, false, true, cuts).toString();
    }
}
