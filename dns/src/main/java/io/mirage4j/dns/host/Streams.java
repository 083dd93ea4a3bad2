// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
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

/// Asks over streams: one question at a time on each, and the last stream to a server is kept for
/// the next question (RFC 7766, 6.2.1).
final class Streams implements Closeable {
    private static final int PREFIX = 2;

    /// Servers close what is idle for longer than about that.
    private static final long KEPT_NANOS = 10_000_000_000L;

    private record Kept(Flow flow, long untilNanos) {}

    /// What is done with a message that came.
    interface Receiver {
        Action receive(ReadOnlyCstruct message);
    }

    private final Connector connector;
    private final Clock clock;
    private final Map<Endpoint, Kept> kept = new ConcurrentHashMap<>();
    private final Set<Flow> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    Action ask(Action.AskByStream ask, Receiver receiver) throws IOException {
        Flow known = take(ask.server());
        if (known != null) {
            try {
                return converse(known, ask, receiver);
            } catch (TimedOutException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                // The server has closed it meanwhile, as it may: a new one, then.
            }
        }
        Flow flow = Connecting.start(connector, ask.server()).await(clock, ask.deadlineNanos());
        return converse(flow, ask, receiver);
    }

    private Action converse(Flow flow, Action.AskByStream ask, Receiver receiver)
            throws IOException {
        busy.add(flow);
        boolean isGood = false;
        try {
            if (closed) throw new IOException("the client is closed");
            send(flow, ask.query());
            Action action;
            long deadline = ask.deadlineNanos();
            do {
                action = receiver.receive(receive(flow, deadline));
                if (action instanceof Action.Listen(long until)) {
                    deadline = until;
                }
            } while (action instanceof Action.Listen);
            isGood = true;
            return action;
        } finally {
            busy.remove(flow);
            if (isGood) {
                keep(ask.server(), flow);
            } else {
                flow.abort();
            }
        }
    }

    /// RFC 7766, 8: length and message go together.
    private static void send(Flow flow, ReadOnlyCstruct query) throws IOException {
        Cstruct framed = Cstruct.create(PREFIX + query.length());
        framed.putU16be(0, query.length());
        framed.put(PREFIX, query);
        flow.write(framed);
    }

    private ReadOnlyCstruct receive(Flow flow, long deadline) throws IOException {
        Cstruct prefix = Cstruct.create(PREFIX);
        fill(flow, prefix, deadline);
        Cstruct message = Cstruct.create(prefix.u16be(0));
        fill(flow, message, deadline);
        return message.readOnly();
    }

    private void fill(Flow flow, Cstruct buf, long deadline) throws IOException {
        for (int have = 0; have < buf.length(); ) {
            long left = deadline - clock.nanoTime();
            if (left <= 0) throw new TimedOutException("no answer in time");
            flow.readTimeout(left);
            int read = flow.read(buf.sub(have, buf.length() - have));
            if (read == Flow.END) throw new IOException("closed before the answer was whole");
            have += read;
        }
    }

    private @Nullable Flow take(Endpoint server) {
        Kept last = kept.remove(server);
        if (last == null) return null;
        if (clock.nanoTime() - last.untilNanos < 0) return last.flow;
        closeQuietly(last.flow);
        return null;
    }

    private void keep(Endpoint server, Flow flow) {
        Kept before = kept.put(server, new Kept(flow, clock.nanoTime() + KEPT_NANOS));
        if (before != null) {
            closeQuietly(before.flow);
        }
        if (closed) {
            close();
        }
    }

    private static void closeQuietly(Flow flow) {
        try {
            flow.close();
        } catch (IOException e) {
            flow.abort(); // it was done with anyway
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Flow flow : busy) flow.abort();
        for (Kept last : kept.values()) closeQuietly(last.flow);
        kept.clear();
    }
}
