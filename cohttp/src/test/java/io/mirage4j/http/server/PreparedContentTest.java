// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Handler;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.memory.MemoryKv;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

class PreparedContentTest {
    private static final List<String> PATHS =
            List.of("/", "/index.html", "/a.txt", "/empty", "/sub/", "/sub/index.html");

    private final StaticContent content = StaticContent.of(store());
    private final AtomicInteger handled = new AtomicInteger();
    private HttpServer prepared;
    private HttpServer plain;

    @BeforeEach
    void open() throws IOException {
        Handler counted =
                exchange -> {
                    handled.incrementAndGet();
                    content.handle(exchange);
                };
        prepared = HttpServer.builder(counted, Pipe.CLOCK).shortcut(content.prepared()).build();
        plain = HttpServer.builder(content, Pipe.CLOCK).build();
    }

    /// Of texts, of which some have variants: the coding's name before the text.
    private static Kv store() {
        var texts = new MemoryKv();
        texts.put("index.html", "<h1>");
        texts.put("br/index.html", "b<");
        texts.put("gzip/index.html", "gz<");
        texts.put("a.txt", "0123456789");
        texts.put("gzip/a.txt", "0..9");
        texts.put("empty", "");
        texts.put("sub/index.html", "<p>");
        texts.put("large", "x".repeat(20_000));
        texts.put("larger", "x".repeat(100_000));
        texts.put(".secret", "x");
        return new VariantsByFolder(texts);
    }

    private record VariantsByFolder(MemoryKv texts) implements Kv {
        @Override
        public @Nullable Value find(String path) {
            Value value = texts.find(path);
            return value == null ? null : new Variants(value, texts, path);
        }

        @Override
        public List<String> list(String folder) {
            return texts.list(folder);
        }
    }

    private record Variants(Kv.Value value, MemoryKv texts, String path) implements Kv.Value {
        @Override
        public long size() {
            return value.size();
        }

        @Override
        public ReadOnlyCstruct digest() throws IOException {
            return value.digest();
        }

        @Override
        public Instant lastModified() {
            return value.lastModified();
        }

        @Override
        public Kv.@Nullable Value encoded(String coding) {
            return texts.find(coding + "/" + path);
        }

        @Override
        public ReadOnlyCstruct read(long off, int len) throws IOException {
            return value.read(off, len);
        }
    }

    private String same(String method, String target, String fields) throws Exception {
        String request =
                method
                        + " "
                        + target
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + fields
                        + "\r\n";
        String answer = Pipe.answer(prepared, request);
        assertThat(parts(answer)).as(request).isEqualTo(parts(Pipe.answer(plain, request)));
        return answer;
    }

    /// Lines of the head in any order, but that of the time, and the content.
    private static List<Object> parts(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        var lines = new TreeSet<>(List.of(answer.substring(0, end).split("\r\n")));
        lines.removeIf(line -> line.startsWith("Date: "));
        return List.of(lines, answer.substring(end));
    }

    @Test
    void whatIsUsuallyAskedIsAnsweredAsByTheHandlerAndPastIt() throws Exception {
        for (String path : PATHS) {
            same("GET", path, "");
            same("HEAD", path, "");
            for (List<String> texts : PreparedContent.ACCEPTED) {
                for (String text : texts) {
                    same("GET", path, "Accept-Encoding: " + text + "\r\n");
                }
            }
        }
        assertThat(handled).hasValue(0);
        assertThat(same("GET", "/", "accept-encoding: gzip, deflate, br\r\n")).endsWith("\n\r\nb<");
        assertThat(same("GET", "/a.txt", "ACCEPT-ENCODING: gzip, br\r\n")).endsWith("0..9");
        assertThat(same("GET", "/sub/", "Accept-Encoding: gzip\r\n")).endsWith("<p>");
    }

    @Test
    void theRestIsLeftToTheHandler() throws Exception {
        List<String> fields =
                List.of(
                        "Range: bytes=1-2\r\n",
                        "If-None-Match: *\r\n",
                        "if-match: \"x\"\r\n",
                        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
                        "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
                        "Accept-Encoding: br\r\n",
                        "Accept-Encoding: gzip;q=0\r\n",
                        "Accept-Encoding: *\r\n",
                        "Accept-Encoding: identity;q=0\r\n",
                        "Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n");
        for (String field : fields) {
            same("GET", "/a.txt", field);
        }
        List<String> targets =
                List.of("/large", "/larger", "/sub", "/.secret", "/no", "/a.txt?q", "/%61.txt");
        for (String target : targets) {
            same("GET", target, "");
        }
        same("GET", "http://b/a.txt", "");
        same("POST", "/a.txt", "");
        same("OPTIONS", "/a.txt", "");
        assertThat(handled).hasValue(fields.size() + targets.size() + 3);
    }
}
