// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.internal.TunnelFlow;
import io.mirage4j.http.wire.Asked;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.HeadWriter;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// One connection to a server: a request, its response, and so on.
final class ClientConnection implements ContentSource {
    private static final int INPUT = 16 << 10;

    private final Flow flow;
    private final MessageReader reader;
    private final int mostInput;
    private Cstruct input = Cstruct.create(INPUT);
    private int from;
    private int to;
    private int pending;
    private boolean ended = true;
    private boolean heard;
    private Fields trailers = Fields.NONE;
    private boolean persistent;
    private boolean upgrades;
    private boolean tunnel;

    /// A final response that came before the content was sent.
    private @Nullable Response early;

    private long readNanos;

    /// When it became idle.
    long idleSince;

    ClientConnection(Flow flow, Rules rules) {
        this.flow = flow;
        reader = MessageReader.ofResponses(rules);
        mostInput = 2 * (rules.limits().headOctets() + rules.limits().startLineOctets());
    }

    Flow flow() {
        return flow;
    }

    /// Whether anything has come for the last request.
    boolean heard() {
        return heard;
    }

    /// @param goAheadNanos how long a server is waited for that is to say whether it wants the
    ///   content
    void send(String method, String target, Fields fields, ClientContent content, long goAheadNanos)
            throws IOException {
        heard = false;
        early = null;
        upgrades = fields.contains("upgrade");
        reader.answersTo(
                switch (method) {
                    case "HEAD" -> Asked.HEAD;
                    case "CONNECT" -> Asked.CONNECT;
                    default -> Asked.OTHER;
                });
        boolean announced =
                content.length().orElse(-1) != 0
                        || method.equals("POST")
                        || method.equals("PUT")
                        || method.equals("PATCH");
        long length = announced ? content.length().orElse(-1) : 0;
        var writer = new HeadWriter(Cstruct.create(4096));
        int octets = head(writer, method, target, fields, announced, length);
        var head = Cstruct.create(octets);
        head(writer.over(head), method, target, fields, announced, length);
        flow.write(head);
        boolean asks = length != 0 && fields.lists("expect", "100-continue");
        if (length != 0 && (!asks || isWanted(goAheadNanos))) {
            var sink = new RequestSink(flow, length);
            content.writeTo(sink);
            sink.close();
        }
    }

    /// Whether the server wants the content, or says nothing (RFC 9110, 10.1.1).
    private boolean isWanted(long nanos) throws IOException {
        readNanos = nanos;
        try {
            while (true) {
                if (next() == Event.HEAD) {
                    int status = reader.head().status();
                    if (status == Status.CONTINUE) return true;
                    if (!isInterim(status)) {
                        early = response(status);
                        persistent = false; // it may still wait for the content
                        return false;
                    }
                }
            }
        } catch (TimedOutException e) {
            return true;
        }
    }

    private static int head(
            HeadWriter writer,
            String method,
            String target,
            Fields fields,
            boolean announced,
            long length) {
        writer.request(method, target);
        fields.writeTo(writer);
        if (announced && length >= 0) {
            writer.contentLength(length);
        } else if (announced) {
            writer.chunked();
        }
        return writer.end();
    }

    /// The head of the final response.
    Response receive(long headNanos, long readNanos) throws IOException {
        Response response = early;
        this.readNanos = response == null ? headNanos : readNanos;
        if (response != null) return response;
        while (true) {
            Event event = next();
            if (event == Event.HEAD) {
                int status = reader.head().status();
                if (!isInterim(status)) {
                    this.readNanos = readNanos;
                    return response(status);
                }
            }
        }
    }

    private static boolean isInterim(int status) {
        return status / 100 == 1 && status != Status.SWITCHING_PROTOCOLS;
    }

    private Response response(int status) throws IOException {
        // RFC 9110, 7.8: only to what the client asked for, and says which.
        if (status == Status.SWITCHING_PROTOCOLS && !(upgrades && reader.head().upgrade())) {
            throw new IOException("another protocol that was not asked for, or has no name");
        }
        persistent = reader.head().persistent() && status != Status.SWITCHING_PROTOCOLS;
        ended = false;
        pending = 0;
        trailers = Fields.NONE;
        return new Response(status, Fields.copyOf(reader.head().fields()));
    }

    /// The next event, its octets consumed but for those of content.
    private Event next() throws IOException {
        while (true) {
            Event event = reader.next(input.sub(from, to - from));
            if (event == Event.MALFORMED) {
                throw new IOException("the response is malformed: " + reader.malformed());
            }
            if (event != Event.DATA) {
                from += reader.consumed();
            }
            if (event != Event.MORE) return event;
            if (fill() < 0) {
                Event last = reader.finish();
                if (last == Event.END) {
                    persistent = false;
                    return last;
                }
                throw new IOException("the connection ended within a response");
            }
        }
    }

    private int fill() throws IOException {
        if (from == to) {
            from = to = 0;
        } else if (to == input.length()) {
            Cstruct room = input;
            if (from == 0) {
                if (input.length() >= mostInput) {
                    throw new IOException("the response's head is too large");
                }
                room = Cstruct.create(2 * input.length());
            }
            input.copyTo(from, room, 0, to - from);
            to -= from;
            from = 0;
            input = room;
        }
        flow.readTimeout(readNanos);
        int count = flow.read(input.shift(to));
        if (count > 0) {
            heard = true;
            to += count;
        }
        return count;
    }

    @Override
    public int read(Cstruct buf) throws IOException {
        if (buf.isEmpty()) return 0;
        while (pending == 0) {
            if (ended) return END;
            Event event = next();
            if (event == Event.DATA) {
                pending = reader.dataLength();
            } else if (event == Event.END) {
                ended = true;
                trailers = Fields.copyOf(reader.trailers());
            } else if (event == Event.TUNNEL) {
                ended = true;
            }
        }
        int count = Math.min(pending, buf.length());
        input.copyTo(from, buf, 0, count);
        from += count;
        pending -= count;
        return count;
    }

    @Override
    public Fields trailers() {
        return trailers;
    }

    /// After 101: the flow, which begins with what came behind the head.
    Flow tunnel() {
        ReadOnlyCstruct behind = input.sub(from, to - from).readOnly();
        from = to;
        tunnel = true;
        return new TunnelFlow(flow, behind, flow::write);
    }

    /// Whether it belongs to another protocol, whose octets are not to be cut off.
    boolean isTunnel() {
        return tunnel;
    }

    /// After a response to CONNECT: whether nothing but its head has come.
    boolean isAtTunnel() {
        return from == to;
    }

    /// Whether another request may follow.
    boolean isReusable() {
        return ended && pending == 0 && persistent && from == to;
    }

    /// Whether the server has neither closed nor said anything while it was idle.
    boolean isQuiet() {
        flow.readTimeout(1);
        try {
            flow.read(Cstruct.create(1));
            return false;
        } catch (TimedOutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void close() {
        try {
            flow.close();
        } catch (IOException e) {
            flow.abort();
        }
    }
}
