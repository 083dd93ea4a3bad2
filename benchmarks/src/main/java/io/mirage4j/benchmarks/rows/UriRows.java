// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.Setup;
import io.mirage4j.uri.Uri;
import io.mirage4j.uri.whatwg.Url;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/// URIs as they stand in pages, parsed one after the other. A turn parses one and counts it, and
/// leaves what it made where no compiler can tell that nobody looks at it; or it prints it, and
/// counts the octets.
final class UriRows {
    /// Gives null for what it does not take.
    private interface Parser {
        @Nullable Object parse(String text) throws Exception;
    }

    /// What the last turn made.
    static @Nullable Object made;

    static List<Row> rows() {
        return List.of(
                row("parse", "uriparser", 0.35, ours(), c("parse_uriparser")),
                row("parse", "curl", 0.3, ours(), c("parse_curl")),
                row("parse", "java.net.URI", 0.25, ours(), counted(URI::new)),
                row("parse", "okhttp", 0.15, ours(), counted(HttpUrl::parse)),
                row("parse-print", "uriparser", 0.4, oursPrinted(), c("print_uriparser")),
                row("parse-print", "java.net.URI", 0.25, oursPrinted(), printed(URI::new)),
                row("url-parse", "curl", 0.3, url(), c("parse_curl")),
                row("url-parse", "okhttp", 0.15, url(), counted(HttpUrl::parse)),
                Row.value("uri", "parse-allocation", "octets", 120, () -> octets(ours())));
    }

    private static Row row(
            String name, String peer, double goal, Setup<Body> ours, Setup<Body> theirs) {
        return compared("uri", name, peer, goal, () -> new Pair<>(ours.make(), theirs.make()));
    }

    private static Setup<Body> ours() {
        return counted(text -> Uri.parse(text) instanceof Uri uri ? uri : null);
    }

    private static Setup<Body> oursPrinted() {
        return printed(text -> Uri.parse(text) instanceof Uri uri ? uri : null);
    }

    private static Setup<Body> url() {
        return counted(text -> Url.parse(text) instanceof Url url ? url : null);
    }

    private static double octets(Setup<Body> body) throws Exception {
        return Allocation.octetsPerTurn(body.make());
    }

    private static Setup<Body> counted(Parser parser) {
        return () -> {
            String[] texts = UriTexts.make();
            return times -> {
                long count = 0;
                for (int turn = 0, i = 0; turn < times; turn++) {
                    made = parser.parse(texts[i]);
                    if (made != null) {
                        count++;
                    }
                    if (++i == texts.length) {
                        i = 0;
                    }
                }
                return count;
            };
        };
    }

    private static Setup<Body> printed(Parser parser) {
        return () -> {
            String[] texts = UriTexts.make();
            return times -> {
                long octets = 0;
                for (int turn = 0, i = 0; turn < times; turn++) {
                    octets += String.valueOf(parser.parse(texts[i])).length();
                    if (++i == texts.length) {
                        i = 0;
                    }
                }
                return octets;
            };
        };
    }

    /// A function of `uri.c`, on the same texts.
    private static Setup<Body> c(String function) {
        return () -> {
            String[] texts = UriTexts.make();
            return CLibrary.of("uri.c")
                    .body(function, UriTexts.inNativeMemory(texts), (long) texts.length);
        };
    }

    private UriRows() {}
}
