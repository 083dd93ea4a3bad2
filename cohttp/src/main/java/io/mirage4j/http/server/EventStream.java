// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.ContentSink;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.sse.ServerSentEvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A response of server-sent events to one client, without an end but the one it is given. An event
/// is on its way when [#send] returns; a client that does not read makes it wait, up to the
/// server's deadline for writes.
public final class EventStream implements Closeable {
    private static final ReadOnlyCstruct COMMENT = ReadOnlyCstruct.of(":\n\n");

    private final ContentSink sink;
    private final String lastEventId;
    private volatile boolean ending;

    private EventStream(ContentSink sink, String lastEventId) {
        this.sink = sink;
        this.lastEventId = lastEventId;
    }

    /// Begins the response.
    public static EventStream open(Exchange exchange) throws IOException {
        ContentSink sink =
                exchange.respond(
                        Response.of(
                                Status.OK,
                                "Content-Type",
                                "text/event-stream",
                                "Cache-Control",
                                "no-store",
                                "X-Accel-Buffering",
                                "no"));
        sink.flush();
        var stream = new EventStream(sink, lastEventId(exchange));
        exchange.onDrain(() -> stream.ending = true);
        return stream;
    }

    /// The id is UTF-8 in a field, whose characters are octets to us.
    static String lastEventId(Exchange exchange) {
        return exchange.request()
                .fields()
                .only("last-event-id")
                .map(id -> id.getBytes(StandardCharsets.ISO_8859_1))
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .orElse("");
    }

    /// What the client has seen last, if it was here before.
    public Optional<String> lastEventId() {
        return lastEventId.isEmpty() ? Optional.empty() : Optional.of(lastEventId);
    }

    /// Whether the server drains, so that the stream should end soon.
    public boolean isEnding() {
        return ending;
    }

    public void send(ServerSentEvent event) throws IOException {
        sink.write(ReadOnlyCstruct.of(event.emit()));
        sink.flush();
    }

    /// Sends what clients pass over: it finds out whether there is one, and tells proxies that the
    /// stream lives.
    public void keepAlive() throws IOException {
        sink.write(COMMENT);
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
