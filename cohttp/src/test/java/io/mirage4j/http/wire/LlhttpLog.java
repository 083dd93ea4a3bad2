// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The log of a script as the messages it tells of. Spans that were cut are joined.
final class LlhttpLog {
    private static final Pattern SPAN =
            Pattern.compile("off=\\d+ len=\\d+ span\\[(\\w+)\\]=(\"(.*)\"|cr|lf)");
    private static final Pattern HEADERS_COMPLETE =
            Pattern.compile("off=\\d+ headers complete .*?v=(\\d)/(\\d).*");
    private static final Pattern CHUNK = Pattern.compile("off=\\d+ chunk header len=(\\d+)");
    private static final Pattern ERROR = Pattern.compile("off=\\d+ error code=(\\d+).*");

    /// The codes for a pause at what is not HTTP/1 any more.
    private static final String UPGRADE = "22";

    final List<Transcript.Message> messages = new ArrayList<>();
    boolean refused;
    boolean tunnel;

    private boolean headersDone;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder extensions = new StringBuilder();

    static LlhttpLog of(List<String> lines) {
        var log = new LlhttpLog();
        lines.forEach(log::line);
        return log;
    }

    private void line(String raw) {
        String text = raw.replace("\\t", "\t").replace("\\f", "\f");
        String line =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (line.startsWith("/")) {
            line = line.substring(1, line.length() - 1);
        }
        Matcher span = SPAN.matcher(line);
        Matcher headersComplete = HEADERS_COMPLETE.matcher(line);
        Matcher chunk = CHUNK.matcher(line);
        Matcher error = ERROR.matcher(line);
        if (span.matches()) {
            span(span.group(1), text(span));
        } else if (headersComplete.matches()) {
            headersDone = true;
            last().version =
                    10 * Integer.parseInt(headersComplete.group(1))
                            + Integer.parseInt(headersComplete.group(2));
            Matcher status = Pattern.compile("status=(\\d+)").matcher(line);
            last().status = status.find() ? Integer.parseInt(status.group(1)) : 0;
        } else if (chunk.matches()) {
            last().chunks.add(chunk.group(1) + extensions);
            extensions.setLength(0);
        } else if (error.matches()) {
            tunnel = error.group(1).equals(UPGRADE);
            refused = !tunnel;
        } else if (line.endsWith("finish=1")) {
            last().complete = true; // by the end of the input alone
        } else if (line.endsWith("finish=2")) {
            refused = true;
        } else if (line.endsWith("message begin")) {
            messages.add(new Transcript.Message());
            headersDone = false;
        } else if (line.endsWith("message complete")) {
            last().complete = true;
        } else if (line.endsWith("header_value complete")) {
            (headersDone ? last().trailers : last().fields).add(trim(name) + ": " + trim(value));
            name.setLength(0);
            value.setLength(0);
        }
    }

    private static String trim(CharSequence text) {
        return text.toString().replaceAll("^[ \t]+|[ \t]+$", "");
    }

    private static String text(Matcher span) {
        return switch (span.group(2)) {
            case "cr" -> "\r";
            case "lf" -> "\n";
            default -> span.group(3);
        };
    }

    private void span(String what, String text) {
        switch (what) {
            case "method" -> last().method += text;
            case "url" -> last().target += text;
            case "status" -> last().reason += text;
            case "header_field" -> name.append(text);
            case "header_value" -> value.append(text);
            case "body" -> last().content.append(text);
            case "chunk_extension_name" -> extensions.append(';').append(text);
            case "chunk_extension_value" -> extensions.append('=').append(text);
            default -> {}
        }
    }

    private Transcript.Message last() {
        return messages.getLast();
    }

    String summary() {
        return summary(messages, refused, tunnel);
    }

    /// The same of what was read. Our heads come whole, so a message whose head did not is not
    /// there, and of one that is refused only those before it are compared.
    String summary(Transcript transcript) {
        return summary(transcript.messages, transcript.malformed != null, transcript.tunnel);
    }

    private static String summary(
            List<Transcript.Message> messages, boolean refused, boolean tunnel) {
        List<String> texts = new ArrayList<>();
        for (Transcript.Message message : messages) {
            if (refused ? message.complete : message.version != 0) {
                texts.add(message.toString().replaceAll("[ \t]+", " ").replace(" ,", ","));
            }
        }
        return (refused ? "refused " : tunnel ? "tunnel " : "") + String.join("\n", texts);
    }
}
