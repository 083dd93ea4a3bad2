// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A case of llhttp's suite: what is fed, how, and what it is taken for.
record LlhttpScript(String id, String name, Json meta, byte[] input, List<String> log) {
    private static final Pattern PARTS =
            Pattern.compile(
                    "^#+ ([^\\n]*)$|<!-- meta=(.*?)-->|^```(http|url|log)\\n(.*?)^```",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([rntf]))");

    static List<LlhttpScript> in(Path directory) throws IOException {
        List<LlhttpScript> scripts = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".md"))
                            .filter(f -> !f.endsWith("ORIGIN.md"))
                            .sorted()
                            .toList()) {
                read(file, scripts);
            }
        }
        return scripts;
    }

    private static void read(Path file, List<LlhttpScript> scripts) throws IOException {
        String name = "";
        String meta = "{}";
        String input = "";
        Matcher parts = PARTS.matcher(Files.readString(file));
        while (parts.find()) {
            if (parts.group(1) != null) {
                name = parts.group(1);
            } else if (parts.group(2) != null) {
                meta = parts.group(2).strip();
            } else if (parts.group(3).equals("log")) {
                String id = Corpus.id(file, name + meta + input);
                List<String> log = parts.group(4).lines().filter(l -> !l.isBlank()).toList();
                scripts.add(new LlhttpScript(id, name, Json.parse(meta), octets(input), log));
            } else {
                input = parts.group(4);
            }
        }
    }

    private static byte[] octets(String block) {
        String text = block.endsWith("\n") ? block.substring(0, block.length() - 1) : block;
        text = text.replace("\\\n", "").replace("\n", "\r\n");
        String latin =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String plain =
                ESCAPE.matcher(latin)
                        .replaceAll(m -> Matcher.quoteReplacement(String.valueOf(escaped(m))));
        return plain.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static char escaped(MatchResult escape) {
        if (escape.group(1) != null) return (char) Integer.parseInt(escape.group(1), 16);
        if (escape.group(2) != null) return (char) (Integer.parseInt(escape.group(2), 8) & 0xff);
        return switch (escape.group(3)) {
            case "r" -> '\r';
            case "n" -> '\n';
            case "t" -> '\t';
            default -> '\f';
        };
    }

    boolean is(String flag) {
        return meta.has(flag) && meta.get(flag).bool();
    }

    String type() {
        return meta.has("type") ? meta.get("type").text() : "url";
    }
}
