// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.HttpDate;
import io.mirage4j.platform.Console;

/// Is told of each request when it is done. Any thread tells.
@FunctionalInterface
public interface AccessLog {
    /// Tells nobody.
    AccessLog NONE = _ -> {};

    void add(AccessEntry entry);

    /// Lines in the common log format; a refused request has the cause behind it, in quotes.
    static AccessLog common(Console console) {
        return entry -> console.println(common(entry));
    }

    /// A JSON object a line.
    static AccessLog json(Console console) {
        return entry -> console.println(json(entry));
    }

    private static String common(AccessEntry entry) {
        // Sun, 06 Nov 1994 08:49:37 GMT
        String date = HttpDate.emit(entry.time().getEpochSecond());
        var out = new StringBuilder();
        out.append(entry.remote()).append(" - - [");
        out.append(date, 5, 7).append('/').append(date, 8, 11).append('/').append(date, 12, 16);
        out.append(':').append(date, 17, 25).append(" +0000] \"");
        escape(out, entry.request().isEmpty() ? "-" : entry.request());
        out.append("\" ").append(entry.status()).append(' ').append(entry.octets());
        if (!entry.cause().isEmpty()) {
            out.append(" \"");
            escape(out, entry.cause());
            out.append('"');
        }
        return out.toString();
    }

    private static String json(AccessEntry entry) {
        var out = new StringBuilder("{");
        text(out, "time", entry.time().toString());
        text(out.append(','), "remote", entry.remote());
        text(out.append(','), "request", entry.request());
        out.append(",\"status\":").append(entry.status());
        out.append(",\"octets\":").append(entry.octets());
        out.append(",\"durationNanos\":").append(entry.durationNanos());
        text(out.append(','), "referer", entry.referer());
        text(out.append(','), "userAgent", entry.userAgent());
        text(out.append(','), "cause", entry.cause());
        return out.append('}').toString();
    }

    private static void text(StringBuilder out, String name, String value) {
        out.append('"').append(name).append("\":\"");
        escape(out, value);
        out.append('"');
    }

    /// What a client wrote can not end a quoted text, nor be a control character to a terminal.
    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                out.append("\\u00").append("0123456789abcdef".charAt(c >> 4));
                out.append("0123456789abcdef".charAt(c & 15));
            } else {
                out.append(c);
            }
        }
    }
}
