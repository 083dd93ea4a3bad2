// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Status;
import io.mirage4j.http.sse.EventStreamParser;
import io.mirage4j.http.sse.ServerSentEvent;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// Reads server-sent events, and connects again where the stream ends, telling what it saw last.
/// One thread reads.
public final class EventSource implements Closeable {
    private static final long RETRY_MILLIS = 3000;

    private final HttpClient client;
    private final ClientRequest request;
    private final ArrayDeque<ServerSentEvent> events = new ArrayDeque<>();
    private final Cstruct buf = Cstruct.create(4096);
    private EventStreamParser parser = new EventStreamParser();
    private String lastEventId = "";
    private long retryMillis = RETRY_MILLIS;
    private @Nullable ClientResponse response;
    private volatile boolean closed;

    /// Connects with the first call of [#next].
    public EventSource(HttpClient client, ClientRequest request) {
        this.client = client;
        this.request = request;
    }

    /// Waits for the next event; null when the server wants nobody to come again (204).
    ///
    /// @throws IOException if the response is no event stream, or this was closed
    public @Nullable ServerSentEvent next() throws IOException {
        while (events.isEmpty()) {
            if (closed) throw new IOException("the event source is closed");
            ClientResponse open = response;
            if (open == null) {
                open = response = connect();
                if (open == null) return null;
            }
            if (!read(open)) {
                open.close();
                response = null;
                pause();
            }
        }
        return events.remove();
    }

    private @Nullable ClientResponse connect() throws IOException {
        ClientRequest asked =
                request.with("Accept", "text/event-stream").with("Cache-Control", "no-store");
        if (!lastEventId.isEmpty()) {
            byte[] octets = lastEventId.getBytes(StandardCharsets.UTF_8);
            asked = asked.with("Last-Event-ID", new String(octets, StandardCharsets.ISO_8859_1));
        }
        ClientResponse response = client.send(asked);
        if (response.status() == Status.NO_CONTENT) {
            response.close();
            return null;
        }
        String type = response.fields().first("content-type").orElse("");
        if (response.status() != Status.OK || !type.startsWith("text/event-stream")) {
            response.close();
            throw new IOException(
                    request.uri() + ": no event stream: " + response.status() + " " + type);
        }
        parser = new EventStreamParser();
        return response;
    }

    /// False at the end of the stream.
    private boolean read(ClientResponse open) throws IOException {
        int count;
        try {
            count = open.content().read(buf);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
        if (count == ContentSource.END) return false;
        if (!parser.feed(buf.sub(0, count), events::add)) {
            throw new IOException(request.uri() + ": an event is too long");
        }
        if (!parser.lastEventId().isEmpty()) {
            lastEventId = parser.lastEventId();
        }
        retryMillis = parser.retryMillis().orElse(retryMillis);
        return true;
    }

    private void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(retryMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("an event source was interrupted");
        }
    }

    /// Ends it; a thread that waits in [#next] fails.
    @Override
    public void close() {
        closed = true;
        ClientResponse open = response;
        if (open != null) {
            open.close();
        }
    }
}
