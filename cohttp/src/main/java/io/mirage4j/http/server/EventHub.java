// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.sse.ServerSentEvent;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Events for everybody who listens. Each gets an id, its number; a client that comes again with
/// the last one it saw gets what it missed, as far as the history goes.
///
/// Who publishes never waits: a reader that is too far behind is let go, and comes again. When the
/// server drains, all streams of it end behind the events that wait.
public final class EventHub implements Handler, Closeable {
    /// No event that was published is equal to it: those have a number.
    private static final ServerSentEvent END = ServerSentEvent.of("");

    private static final long KEEP_ALIVE_SECONDS = 15;

    private final int mostKept;
    private final int mostWaiting;

    // What follows is guarded by this.
    private final ArrayDeque<ServerSentEvent> history = new ArrayDeque<>();
    private final Set<Reader> readers = new HashSet<>();
    private long published;
    private boolean closed;

    /// @param mostKept events for those who come again
    /// @param mostWaiting events that a reader may be behind
    public EventHub(int mostKept, int mostWaiting) {
        if (mostKept < 0 || mostWaiting < 1) {
            throw new IllegalArgumentException(
                    "kept " + mostKept + " < 0 or waiting " + mostWaiting + " < 1");
        }
        this.mostKept = mostKept;
        this.mostWaiting = mostWaiting;
    }

    private static final class Reader {
        final ArrayBlockingQueue<ServerSentEvent> queue;
        volatile boolean dropped;

        Reader(int capacity) {
            queue = new ArrayBlockingQueue<>(capacity);
        }

        void end() {
            if (!queue.offer(END)) {
                dropped = true;
            }
        }
    }

    /// Sends `event` to all, under the next number.
    public synchronized void publish(ServerSentEvent event) {
        if (closed) throw new IllegalStateException("the hub is closed");
        ServerSentEvent numbered = event.withId(Long.toString(++published));
        if (mostKept > 0) {
            if (history.size() == mostKept) {
                history.removeFirst();
            }
            history.addLast(numbered);
        }
        readers.removeIf(reader -> !offer(reader, numbered));
    }

    private static boolean offer(Reader reader, ServerSentEvent event) {
        boolean taken = reader.queue.offer(event);
        reader.dropped = !taken;
        return taken;
    }

    /// How many listen.
    public synchronized int readers() {
        return readers.size();
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        var reader = new Reader(mostWaiting);
        exchange.onDrain(reader::end);
        try (EventStream stream = EventStream.open(exchange)) {
            for (ServerSentEvent missed : join(reader, stream.lastEventId())) {
                stream.send(missed);
            }
            while (!reader.dropped) {
                ServerSentEvent event = reader.queue.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
                if (END.equals(event)) {
                    return;
                } else if (event == null) {
                    stream.keepAlive();
                } else {
                    stream.send(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("an event stream was interrupted");
        } finally {
            leave(reader);
        }
    }

    /// What the client missed; what comes from now on goes to its queue.
    private synchronized Iterable<ServerSentEvent> join(Reader reader, Optional<String> lastId) {
        if (closed) {
            reader.dropped = true;
        } else {
            readers.add(reader);
        }
        var missed = new ArrayDeque<ServerSentEvent>();
        if (lastId.isPresent()) {
            long last = number(lastId.get());
            for (ServerSentEvent event : history) {
                if (number(event.id()) > last) {
                    missed.add(event);
                }
            }
        }
        return missed;
    }

    /// 0 for what is no number of ours.
    private static long number(String id) {
        boolean digits = !id.isEmpty() && id.length() < 19;
        return digits && id.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(id) : 0;
    }

    private synchronized void leave(Reader reader) {
        readers.remove(reader);
    }

    /// Ends all streams; who comes now gets what it missed and then the end.
    @Override
    public synchronized void close() {
        closed = true;
        readers.forEach(Reader::end);
        readers.clear();
    }
}
