// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ten thousand URLs that look like those in pages of the web, always the same ones: in the mean 61
/// octets long, mostly `https`, with two or three segments; one in four has a query, one in 30 a
/// fragment, one in 50 a port, and some escapes are in them.
final class UriTexts {
    private static final int COUNT = 10_000;
    private static final int SEED = 3986;

    private static final List<String> WORDS =
            List.of(
                    "about",
                    "news",
                    "item",
                    "product",
                    "search",
                    "index",
                    "article",
                    "user",
                    "image",
                    "static",
                    "assets",
                    "css",
                    "js",
                    "api",
                    "v1",
                    "v2",
                    "blog",
                    "2024",
                    "2025",
                    "category",
                    "tag",
                    "shop",
                    "cart",
                    "login",
                    "view",
                    "page",
                    "list",
                    "detail",
                    "media",
                    "upload",
                    "content",
                    "themes",
                    "plugins",
                    "en",
                    "us",
                    "de",
                    "fr",
                    "docs",
                    "help",
                    "faq",
                    "contact",
                    "team",
                    "privacy",
                    "terms",
                    "download",
                    "file",
                    "data");
    private static final List<String> DOMAINS =
            List.of("com", "com", "com", "com", "org", "net", "de", "co.uk", "io", "fr", "jp");
    private static final List<String> SUFFIXES = List.of(".html", ".php", ".jpg", ".png", ".js");

    private final Random random = new Random(SEED);

    static String[] make() {
        var texts = new UriTexts();
        return Stream.generate(texts::url).limit(COUNT).toArray(String[]::new);
    }

    /// `texts` as C has them: where each begins, and where the last ends, as 32-bit numbers, then
    /// the texts, each with a NUL behind it.
    static MemorySegment inNativeMemory(String[] texts) {
        long starts = 4L * (texts.length + 1);
        long octets = Stream.of(texts).mapToLong(text -> text.length() + 1).sum();
        MemorySegment memory = Arena.global().allocate(starts + octets, 8);
        int start = 0;
        for (int i = 0; i < texts.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_INT, i, start);
            memory.setString(starts + start, texts[i]);
            start += texts[i].length() + 1;
        }
        memory.setAtIndex(ValueLayout.JAVA_INT, texts.length, start);
        return memory;
    }

    private String url() {
        var url = new StringBuilder(chance(0.8) ? "https://" : "http://");
        url.append(host());
        if (chance(0.02)) {
            url.append(":8080");
        }
        url.append(segments().stream().collect(Collectors.joining("/", "/", "")));
        if (chance(0.25)) {
            url.append('?').append(query());
        }
        if (chance(0.03)) {
            url.append('#').append(word());
        }
        return url.toString();
    }

    private String host() {
        String start = chance(0.5) ? "www." : chance(0.3) ? "cdn." : "";
        return start + letters("abcdefghijklmnopqrstuvwxyz", 4, 14) + "." + any(DOMAINS);
    }

    private List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) segments.add(segment());
        if (chance(0.3)) {
            segments.add("");
        }
        return segments;
    }

    private String segment() {
        double kind = random.nextDouble();
        if (kind < 0.55) return word();
        if (kind < 0.72) return word() + "-" + word() + "-" + word() + "-" + word();
        if (kind < 0.82) return letters("0123456789", 1, 9);
        if (kind < 0.88) return letters("0123456789abcdef", 8, 32);
        if (kind < 0.91) return "%C3%A9" + word() + "%20" + word();
        return word() + any(SUFFIXES);
    }

    private String query() {
        return Stream.generate(() -> word() + "=" + segment())
                .limit(1 + random.nextInt(5))
                .collect(Collectors.joining("&"));
    }

    private String letters(String alphabet, int shortest, int longest) {
        int length = random.nextInt(shortest, longest + 1);
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private String word() {
        return any(WORDS);
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
