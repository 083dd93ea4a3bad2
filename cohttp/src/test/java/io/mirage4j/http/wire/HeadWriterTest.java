// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class HeadWriterTest {
    private final Cstruct out = Cstruct.create(256);
    private final HeadWriter head = new HeadWriter(out);

    @Test
    void headIsWrittenAsItIsRead() {
        head.status(200, "OK").field("Vary", "Accept").contentLength(0);
        assertThat(text(head.end()))
                .isEqualTo("HTTP/1.1 200 OK\r\nVary: Accept\r\nContent-Length: 0\r\n\r\n");
        head.over(out).request("GET", "/a?b").field("Host", "c").chunked();
        assertThat(text(head.end()))
                .isEqualTo("GET /a?b HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nB: c", "a\nb", "a\rb", "a\u0000", "a\u007f", "\u0100", "\u010a"})
    void valueThatWouldSplitIsRefused(String value) {
        head.status(200, "");
        assertThatIllegalArgumentException().isThrownBy(() -> head.field("A", value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadWriter(out).status(200, value));
        assertThat(text(head.end())).isEqualTo("HTTP/1.1 200 \r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a:", "a\r\n", "\u0131", "content-length", "Transfer-Encoding"})
    void nameThatWouldMeanSomethingElseIsRefused(String name) {
        head.status(200, "");
        assertThatIllegalArgumentException().isThrownBy(() -> head.field(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/\r\n", "/\u00e4", "/a HTTP/1.1\r\nA: b"})
    void targetThatWouldSplitIsRefused(String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> head.request("GET", target));
    }

    @Test
    void framingIsSaidOnce() {
        head.status(200, "").chunked();
        assertThatIllegalStateException().isThrownBy(() -> head.contentLength(1));
        assertThatIllegalStateException().isThrownBy(head::chunked);
    }

    @Test
    void trailersDoNotFrame() {
        head.trailers().field("Digest", "x");
        assertThatIllegalArgumentException().isThrownBy(() -> head.field("Host", "a"));
        assertThatIllegalStateException().isThrownBy(() -> head.contentLength(1));
        assertThat(text(head.end())).isEqualTo("Digest: x\r\n\r\n");
    }

    @Test
    void windowThatIsTooSmallIsToldAndNotLeft() {
        Cstruct around = Cstruct.create(30);
        HeadWriter small = new HeadWriter(around.sub(0, 20));
        small.status(200, "OK").field("A", "b");
        assertThat(small.end()).isEqualTo(25);
        assertThat(small.fits()).isFalse();
        assertThat(around.toByteArray(20, 10)).containsOnly(0);
    }

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll List<String> texts, @ForAll @LongRange(min = 0) long length) {
        Cstruct out = Cstruct.create(65536);
        HeadWriter writer = new HeadWriter(out).request("POST", "/").field("Host", "a");
        List<String> taken = new ArrayList<>(List.of("Host: a"));
        for (String text : texts) {
            try {
                writer.field("X", text);
                taken.add("X: " + text.strip().replaceAll("^[ \t]+|[ \t]+$", ""));
            } catch (IllegalArgumentException e) {
                continue; // nothing of it may have been written
            }
        }
        writer.contentLength(length);
        int end = writer.end();
        if (!writer.fits() || texts.size() > 90 || end > 60_000) return;
        taken.add("Content-Length: " + length);
        Transcript read = Transcript.ofRequests(Rules.STRICT, out.toByteArray(0, end));
        assertThat(read.malformed).isNull();
        assertThat(read.messages.getFirst().fields).hasSameSizeAs(taken);
    }

    @Property
    void chunkSizesAreReadBack(@ForAll @LongRange(min = 1) long size) {
        Cstruct out = Cstruct.create(ChunkWriter.MOST);
        int length = ChunkWriter.begin(out, 0, size);
        assertThat(out.text(0, length, StandardCharsets.US_ASCII))
                .isEqualTo(Long.toHexString(size) + "\r\n");
    }

    private String text(int length) {
        return out.text(0, length, StandardCharsets.ISO_8859_1);
    }
}
