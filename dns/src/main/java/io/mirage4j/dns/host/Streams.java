// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.client.Action;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Asks over streams: one to each server, for all questions at a time, as long as that keeps it
/// (RFC 7766, 6.2.1 and 6.2.2).
final class Streams implements Closeable {
    /// What is done with a message that came.
    interface Receiver {
        Action receive(ReadOnlyCstruct message);
    }

    private record Taken(SharedStream stream, boolean isNew) {}

    private final Connector connector;
    private final Clock clock;
    private final Map<Endpoint, Server> servers = new ConcurrentHashMap<>();
    private final Set<SharedStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    Action ask(Action.AskByStream ask, Receiver receiver) throws IOException {
        Server server = servers.computeIfAbsent(ask.server(), any -> new Server());
        SharedStream useless = null;
        while (true) {
            Taken taken = server.take(ask, useless);
            try {
                Action action = taken.stream.converse(ask, receiver);
                if (action != null) return action;
            } catch (TimedOutException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                // The server has closed an older one meanwhile, as it may: a new one, then.
                if (taken.isNew || closed) throw e;
            }
            useless = taken.stream;
        }
    }

    /// The stream to one server.
    private final class Server {
        /// Held by who connects, so that all others find what came of it.
        private final ReentrantLock lock = new ReentrantLock();

        private @Nullable SharedStream stream;

        /// @param useless what was tried already
        Taken take(Action.AskByStream ask, @Nullable SharedStream useless) throws IOException {
            lockUntil(ask);
            try {
                SharedStream known = stream;
                if (known != null && known != useless && !known.isEnding()) {
                    return new Taken(known, false);
                }
                if (closed) throw new IOException("the client is closed");
                Flow flow =
                        Connecting.start(connector, ask.server()).await(clock, ask.deadlineNanos());
                stream = new SharedStream(flow, clock);
                start(stream);
                return new Taken(stream, true);
            } finally {
                lock.unlock();
            }
        }

        private void lockUntil(Action.AskByStream ask) throws IOException {
            try {
                long left = Math.max(0, ask.deadlineNanos() - clock.nanoTime());
                if (lock.tryLock(left, TimeUnit.NANOSECONDS)) return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("connect to " + ask.server() + " was interrupted");
            }
            throw new TimedOutException("connect to " + ask.server() + " took too long");
        }
    }

    private void start(SharedStream stream) {
        open.removeIf(SharedStream::isOver);
        open.add(stream);
        stream.start();
        if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (SharedStream stream : open) stream.close();
    }
}
