// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.sse;

import java.util.OptionalLong;

/// One event of an event stream.
///
/// @param id what a client that lost the connection says it has seen last; empty for none
/// @param type what kind of event it is; empty is `message`
/// @param data may have several lines, which LF separates
/// @param retryMillis how long a client shall wait before it connects again
public record ServerSentEvent(String id, String type, String data, OptionalLong retryMillis) {
    public ServerSentEvent {
        if (hasLineEnd(id) || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an id has no line end and no NUL: " + id);
        }
        if (hasLineEnd(type)) throw new IllegalArgumentException("a type has no line end: " + type);
        if (retryMillis.isPresent() && retryMillis.getAsLong() < 0) {
            throw new IllegalArgumentException("retry " + retryMillis.getAsLong() + " < 0");
        }
    }

    public static ServerSentEvent of(String data) {
        return new ServerSentEvent("", "", data, OptionalLong.empty());
    }

    public ServerSentEvent withId(String id) {
        return new ServerSentEvent(id, type, data, retryMillis);
    }

    public ServerSentEvent withType(String type) {
        return new ServerSentEvent(id, type, data, retryMillis);
    }

    public ServerSentEvent withRetry(long millis) {
        return new ServerSentEvent(id, type, data, OptionalLong.of(millis));
    }

    /// As it goes over the wire, with the empty line at its end. Any line end in the data ends a
    /// line of it, so that nothing in it can be taken for another field or event.
    public String emit() {
        var out = new StringBuilder(data.length() + 32);
        if (!type.isEmpty()) {
            out.append("event: ").append(type).append('\n');
        }
        if (!id.isEmpty()) {
            out.append("id: ").append(id).append('\n');
        }
        retryMillis.ifPresent(millis -> out.append("retry: ").append(millis).append('\n'));
        out.append("data: ");
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c == '\r' && i + 1 < data.length() && data.charAt(i + 1) == '\n') continue;
            if (c == '\r' || c == '\n') {
                out.append("\ndata: ");
            } else {
                out.append(c);
            }
        }
        return out.append("\n\n").toString();
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
