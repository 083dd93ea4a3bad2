// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// What [WholeHead] reads is what the incremental parsers read, which see every input that comes
/// octet by octet.
class WholeHeadTest {
    private static final int TRIES = Boolean.getBoolean("mirage.full") ? 200_000 : 10_000;

    /// Where classes of octets end, and what has a meaning.
    private static final String TURNS =
            "\0\b\t\n\u000b\f\r\u001f !\"#%()*+,-./0129:;<=>?@AZ[\\]^_`az{|}~\u007f\u0080\u00a0\u00ff";

    private static final List<byte[]> SEEDS = seeds();

    private static List<byte[]> seeds() {
        var plain =
                Stream.of(
                                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                "GET /a HTTP/1.1\r\nHost: www.example.com:80\r\nA:\r\nB: \t c d\t \r\n\r\n",
                                "OPTIONS * HTTP/1.1\r\nhOST: a.b-c.9\r\nConnection: a, close\r\n\r\n",
                                "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
                                "PROPFIND /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                                "PUT /1 HTTP/1.1\r\nHost: [::1]\r\nExpect: 100-continue\r\n"
                                        + "Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost:\r\n\r\n",
                                "GET / HTTP/1.1\r\nHost: %41\r\nConnection: upgrade\r\n"
                                        + "Upgrade: x\r\nAccept-Language: is\r\n\r\n",
                                "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n"
                                        + "\r\n1\r\na\r\n0\r\nT: u\r\n\r\n")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        try {
            return Stream.concat(plain, SmugglingCase.all().stream().map(SmugglingCase::input))
                    .filter(input -> input.length < 2000)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 20)
    void changedRequestsAreReadTheSameWholeAndOctetByOctet(@ForAll Random random) {
        for (int i = 0; i < TRIES / 20; i++) {
            byte[] input = changed(random);
            Rules rules = random.nextInt(4) == 0 ? someRules(random) : Rules.STRICT;
            assertThat(read(rules, input)).isEqualTo(readByOctets(rules, input));
        }
    }

    @Test
    void everyOctetAtEveryPlaceIsReadTheSame() {
        byte[] input = SEEDS.get(1);
        for (int at = 0; at < input.length; at++) {
            byte[] changed = input.clone();
            for (int octet = 0; octet < 256; octet++) {
                changed[at] = (byte) octet;
                assertThat(read(Rules.STRICT, changed))
                        .isEqualTo(readByOctets(Rules.STRICT, changed));
            }
        }
    }

    @Test
    void headsOfAnyLengthAreReadTheSame() {
        for (int length = 0; length < 2100; length += length < 990 || length > 1040 ? 37 : 1) {
            byte[] input =
                    ("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + "x".repeat(length) + "\r\n\r\nGET")
                            .getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read(Rules.STRICT, input)).isEqualTo(readByOctets(Rules.STRICT, input));
        }
    }

    @Test
    void itReadsWhatIsPlain() {
        var head = new Head();
        var whole = new WholeHead(Limits.DEFAULT, head, new Framing(Rules.STRICT, head));
        byte[] plain = SEEDS.get(1);
        assertThat(whole.parse(Cstruct.of(plain))).isEqualTo(plain.length);
        assertThat(whole.parse(Cstruct.of(plain).sub(0, plain.length - 1))).isZero();
        assertThat(whole.parse(Cstruct.of(plain))).isEqualTo(plain.length);
    }

    private static byte[] changed(Random random) {
        byte[] input = any(random);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(input.length + 1);
            int end = Math.min(input.length, at + random.nextInt(12));
            byte[] other = any(random);
            int otherOff = random.nextInt(other.length + 1);
            int otherEnd = Math.min(other.length, otherOff + random.nextInt(24));
            input =
                    switch (random.nextInt(5)) {
                        case 0 -> spliced(input, at, end, other, otherOff, otherEnd);
                        case 1 -> spliced(input, at, at, other, otherOff, otherEnd);
                        case 2 -> spliced(input, at, end, other, 0, 0);
                        case 3 -> spliced(input, at, Math.min(end, at + 1), turn(random), 0, 1);
                        default -> spliced(input, at, at, turn(random), 0, 1);
                    };
        }
        return input;
    }

    private static byte[] any(Random random) {
        return SEEDS.get(random.nextInt(SEEDS.size()));
    }

    private static byte[] turn(Random random) {
        return new byte[] {(byte) TURNS.charAt(random.nextInt(TURNS.length()))};
    }

    private static byte[] spliced(
            byte[] into, int at, int end, byte[] from, int fromOff, int fromEnd) {
        int count = fromEnd - fromOff;
        byte[] spliced = Arrays.copyOf(into, into.length - (end - at) + count);
        System.arraycopy(from, fromOff, spliced, at, count);
        System.arraycopy(into, end, spliced, at + count, into.length - end);
        return spliced;
    }

    private static Rules someRules(Random random) {
        var leniencies =
                Arrays.stream(Leniency.values())
                        .filter(l -> random.nextBoolean())
                        .toArray(Leniency[]::new);
        Limits tight = new Limits(40, 40, 4, 120, 2, 20, 30, 60, 40);
        Limits limits = random.nextBoolean() ? Limits.DEFAULT : tight;
        return new Rules(limits, Set.of(), Set.of()).with(leniencies);
    }

    private static String read(Rules rules, byte[] input, int... cuts) {
        return Transcript.of(MessageReader.ofRequests(rules), input, false, true, cuts).toString();
    }

    private static String readByOctets(Rules rules, byte[] input) {
        int[] all = new int[Math.max(0, input.length - 1)];
        Arrays.setAll(all, i -> i + 1);
        return read(rules, input, all);
    }
}
