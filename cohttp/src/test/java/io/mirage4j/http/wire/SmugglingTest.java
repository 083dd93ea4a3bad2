// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `smuggling/requests.tsv`, and by name the faults of the library that this one follows.
class SmugglingTest {
    @TestFactory
    Stream<DynamicTest> requestsAreTakenAsTheStandardSays() throws IOException {
        return SmugglingCase.all().stream()
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.name(),
                                        () -> {
                                            assertThat(verdict(c.input())).isEqualTo(c.verdict());
                                            assertThat(verdict(c.input(), everywhere(c.input())))
                                                    .isEqualTo(c.verdict());
                                        }));
    }

    @Test
    void theListIsLong() throws IOException {
        assertThat(SmugglingCase.all()).hasSizeGreaterThan(300);
    }

    @Test
    void hexadecimalContentLengthIsRefused() {
        assertThat(fault("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x10\r\n\r\n"))
                .isEqualTo(Fault.BAD_CONTENT_LENGTH);
    }

    @Test
    void emptyChunkSizeLineIsNoLastChunk() {
        assertThat(fault("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\n"))
                .isEqualTo(Fault.BAD_CHUNK_SIZE);
    }

    @Test
    void contentLengthBesideTransferEncodingIsRefused() {
        assertThat(
                        fault(
                                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                                        + "Content-Length: 5\r\n\r\n"))
                .isEqualTo(Fault.CONTENT_LENGTH_WITH_TRANSFER_ENCODING);
    }

    @Test
    void lineWithoutColonDoesNotEndTheHead() {
        assertThat(fault("GET / HTTP/1.1\r\nHost: a\r\nno-colon\r\nX: y\r\n\r\n"))
                .isEqualTo(Fault.NO_COLON);
    }

    private static Fault fault(String input) {
        Malformed malformed =
                Transcript.ofRequests(Rules.STRICT, input.getBytes(StandardCharsets.ISO_8859_1))
                        .malformed;
        return malformed == null ? null : malformed.fault();
    }

    private static String verdict(byte[] input, int... cuts) {
        Transcript read = Transcript.ofRequests(Rules.STRICT, input, cuts);
        if (read.malformed != null) return "refused " + read.malformed.status();
        if (read.tunnel) return "tunnel";
        long complete = read.messages.stream().filter(m -> m.complete).count();
        if (complete == 0 || complete < read.messages.size() || read.unfinished) {
            return "unfinished";
        }
        return ("taken " + complete + " " + read.messages.getFirst().content).strip();
    }

    private static int[] everywhere(byte[] input) {
        return IntStream.range(1, input.length).toArray();
    }
}
