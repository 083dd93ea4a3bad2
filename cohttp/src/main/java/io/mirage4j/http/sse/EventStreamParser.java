// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.sse;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Reads an event stream in whatever pieces it comes. Lines end with LF, CR or both; an event
/// without data is none, and one that the end of the stream cuts off is dropped.
public final class EventStreamParser {
    /// Octets of one event, and of one line, beyond which the stream is refused.
    public static final int MOST_OCTETS = 1 << 20;

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final int mostOctets;
    private byte[] line = new byte[128];
    private int length;
    private boolean afterCr;
    private boolean atStart = true;
    private boolean tooLong;

    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = "";
    private String lastId = "";
    private OptionalLong retryMillis = OptionalLong.empty();

    public EventStreamParser() {
        this(MOST_OCTETS);
    }

    public EventStreamParser(int mostOctets) {
        this.mostOctets = mostOctets;
    }

    /// Takes more octets and hands over each event that they complete, its id being the last that
    /// was seen. Returns false once a line or an event is too long; nothing is read after that.
    public boolean feed(ReadOnlyCstruct octets, Consumer<ServerSentEvent> events) {
        for (int i = 0; i < octets.length() && !tooLong; i++) {
            int octet = octets.u8(i);
            if (octet == '\n' && afterCr) {
                afterCr = false;
                continue;
            }
            afterCr = octet == '\r';
            if (octet == '\n' || octet == '\r') {
                endLine(events);
            } else {
                append((byte) octet);
            }
        }
        return !tooLong;
    }

    /// The id to name in Last-Event-ID; empty for none.
    public String lastEventId() {
        return lastId;
    }

    /// The last retry time the stream told.
    public OptionalLong retryMillis() {
        return retryMillis;
    }

    private void append(byte octet) {
        if (length == mostOctets) {
            tooLong = true;
            return;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(2 * length, mostOctets));
        }
        line[length++] = octet;
    }

    private void endLine(Consumer<ServerSentEvent> events) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (atStart && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        atStart = false;
        if (text.isEmpty()) {
            dispatch(events);
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return; // a comment
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(name, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                if (data.length() + value.length() >= mostOctets) {
                    tooLong = true;
                    return;
                }
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    lastId = value;
                }
            }
            case "retry" -> {
                boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
                if (digits && !value.isEmpty() && value.length() < 18) {
                    retryMillis = OptionalLong.of(Long.parseLong(value));
                }
            }
            default -> {}
        }
    }

    private void dispatch(Consumer<ServerSentEvent> events) {
        if (hasData) {
            events.accept(
                    new ServerSentEvent(lastId, type, data.toString(), OptionalLong.empty()));
        }
        data.setLength(0);
        hasData = false;
        type = "";
    }
}
