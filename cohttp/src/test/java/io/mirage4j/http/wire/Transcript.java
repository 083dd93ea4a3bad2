// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Everything a reader said about an input, comparable: two feedings of one input in different
/// pieces must give equal transcripts.
final class Transcript {
    /// One message, as far as it came.
    static final class Message {
        String method = "";
        String target = "";
        int version;
        int status;
        String reason = "";
        final List<String> fields = new ArrayList<>();
        final StringBuilder content = new StringBuilder();
        final List<String> chunks = new ArrayList<>();
        final List<String> trailers = new ArrayList<>();
        boolean complete;

        @Override
        public String toString() {
            return (status == 0 ? method + " " + target : status + " " + reason)
                    + " v"
                    + version
                    + " "
                    + fields
                    + " chunks "
                    + chunks
                    + " content <"
                    + content
                    + "> trailers "
                    + trailers
                    + (complete ? " complete" : " unfinished");
        }
    }

    final List<Message> messages = new ArrayList<>();

    /// What each head means for the connection.
    final List<String> framings = new ArrayList<>();

    boolean tunnel;

    /// Octets are left that begin another message.
    boolean unfinished;

    Malformed malformed;

    /// Feeds `input` cut at `cuts`, in order; what the reader did not take is shown again.
    static Transcript of(
            MessageReader reader, byte[] input, boolean skipContent, boolean finish, int... cuts) {
        var transcript = new Transcript();
        int from = 0;
        int[] ends = Arrays.copyOf(cuts, cuts.length + 1);
        ends[cuts.length] = input.length;
        for (int end : ends) {
            from = transcript.feed(reader, input, from, end, skipContent);
            if (from < 0) return transcript;
        }
        transcript.unfinished = from < input.length;
        if (finish) {
            transcript.note(reader, reader.finish(), ReadOnlyCstruct.of(""), skipContent);
        }
        return transcript;
    }

    static Transcript ofRequests(Rules rules, byte[] input, int... cuts) {
        return of(MessageReader.ofRequests(rules), input, false, false, cuts);
    }

    private int feed(MessageReader reader, byte[] input, int from, int end, boolean skipContent) {
        while (true) {
            // A copy of just these octets, so that reading past them would show.
            Cstruct window = Cstruct.of(Arrays.copyOfRange(input, from, end));
            Event event = reader.next(window);
            boolean over = note(reader, event, window, skipContent);
            from += reader.consumed();
            if (over) return -1;
            if (event == Event.MORE) return from;
        }
    }

    /// True if nothing can come any more.
    private boolean note(
            MessageReader reader, Event event, ReadOnlyCstruct window, boolean skipContent) {
        switch (event) {
            case MORE -> {}
            case HEAD -> {
                messages.add(message(reader.head()));
                framings.add(framing(reader.head()));
                if (skipContent) {
                    reader.skipContent();
                }
            }
            case CHUNK ->
                    last().chunks
                            .add(
                                    reader.chunkSize()
                                            + window.text(
                                                    reader.extensionOff(),
                                                    reader.extensionLength(),
                                                    StandardCharsets.ISO_8859_1));
            case DATA ->
                    last().content
                            .append(
                                    window.text(
                                            0, reader.dataLength(), StandardCharsets.ISO_8859_1));
            case END -> {
                last().complete = true;
                lines(reader.trailers(), last().trailers);
                // Whether another protocol follows is for whoever answers to decide.
                if (reader.head().isRequest() && reader.head().upgrade()) {
                    tunnel = true;
                    return true;
                }
            }
            case TUNNEL -> {
                tunnel = true;
                return true;
            }
            case MALFORMED -> {
                malformed = reader.malformed();
                return true;
            }
        }
        return false;
    }

    private Message last() {
        return messages.getLast();
    }

    private static Message message(Head head) {
        var message = new Message();
        message.method = head.method();
        message.target = head.target();
        message.version = head.version();
        message.status = head.status();
        message.reason = head.reason();
        lines(head.fields(), message.fields);
        return message;
    }

    private static String framing(Head head) {
        return head.contentKind()
                + (head.persistent() ? " persistent" : " last")
                + (head.upgrade() ? " upgrade" : "")
                + (head.expectsContinue() ? " expects" : "");
    }

    private static void lines(FieldLines from, List<String> to) {
        for (int line = 0; line < from.count(); line++) {
            to.add(from.name(line) + ": " + from.value(line));
        }
    }

    @Override
    public String toString() {
        return messages
                + " "
                + framings
                + (tunnel ? " tunnel" : "")
                + (malformed == null ? "" : " " + malformed);
    }
}
