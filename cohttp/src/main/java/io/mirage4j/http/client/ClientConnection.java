// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.Asked;
import io.mirage4j.http.wire.ChunkWriter;
import io.mirage4j.http.wire.Event;
import io.mirage4j.http.wire.HeadWriter;
import io.mirage4j.http.wire.MessageReader;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import java.io.IOException;

/// One connection to a server: a request, its response, and so on.
final class ClientConnection implements ContentSource {
    private static final int INPUT = 16 << 10;
    private static final int CHUNK = 16 << 10;

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

    void send(String method, String target, Fields fields, ClientContent content)
            throws IOException {
        heard = false;
        reader.answersTo(
                switch (method) {
                    case "HEAD" -> Asked.HEAD;
                    case "CONNECT" -> Asked.CONNECT;
                    default -> Asked.OTHER;
                });
        boolean announced =
                content != ClientContent.NONE
                        || method.equals("POST")
                        || method.equals("PUT")
                        || method.equals("PATCH");
        long length = announced ? content.length().orElse(-1) : 0;
        var writer = new HeadWriter(Cstruct.create(4096));
        int octets = head(writer, method, target, fields, announced, length);
        var head = Cstruct.create(octets);
        head(writer.over(head), method, target, fields, announced, length);
        flow.write(head);
        if (length != 0) {
            var sink = new Sink(length);
            content.writeTo(sink);
            sink.close();
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

    private final class Sink implements ContentSink {
        private final boolean chunked;
        private long remaining;
        private boolean closed;

        Sink(long length) {
            chunked = length < 0;
            remaining = length;
        }

        @Override
        public void write(ReadOnlyCstruct content) throws IOException {
            if (!chunked) {
                if (content.length() > remaining) {
                    throw new IOException("more content than its length says");
                }
                remaining -= content.length();
                flow.write(content);
                return;
            }
            for (int at = 0; at < content.length(); at += CHUNK) {
                int count = Math.min(CHUNK, content.length() - at);
                var chunk = Cstruct.create(count + ChunkWriter.MOST + 2);
                int length = ChunkWriter.begin(chunk, 0, count);
                content.copyTo(at, chunk, length, count);
                length += count;
                length += ChunkWriter.end(chunk, length);
                flow.write(chunk.sub(0, length));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close(Fields trailers) throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (remaining > 0) {
                throw new IOException("the content is " + remaining + " octets too short");
            }
            if (chunked) {
                var end = new HeadWriter(Cstruct.create(0)).trailers();
                trailers.writeTo(end);
                var last = Cstruct.create(3 + end.end());
                int length = ChunkWriter.last(last, 0);
                trailers.writeTo(end.over(last.shift(length)).trailers());
                end.end();
                flow.write(last);
            }
        }
    }

    /// The head of the final response.
    Response receive(long headNanos, long readNanos) throws IOException {
        this.readNanos = headNanos;
        while (true) {
            Event event = next();
            if (event == Event.HEAD) {
                int status = reader.head().status();
                if (status / 100 == 1 && status != Status.SWITCHING_PROTOCOLS) {
                    continue; // interim
                }
                var response = new Response(status, Fields.copyOf(reader.head().fields()));
                persistent = reader.head().persistent() && status != Status.SWITCHING_PROTOCOLS;
                ended = false;
                pending = 0;
                trailers = Fields.NONE;
                this.readNanos = readNanos;
                return response;
            }
        }
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
            if (event != Event.MORE) {
                return event;
            }
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
        if (buf.isEmpty()) {
            return 0;
        }
        while (pending == 0) {
            if (ended) {
                return END;
            }
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
