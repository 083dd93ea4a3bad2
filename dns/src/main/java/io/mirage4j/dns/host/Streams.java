// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.MessageView;
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

    /// Servers that do not tell close what is idle for longer than about that.
    private static final long KEPT_NANOS = 10_000_000_000L;

    private static final long MOST_KEPT_NANOS = 120_000_000_000L;
    private static final long TENTH_NANOS = 100_000_000;

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
        long keptNanos = -1; // the conversation did not come to its end
        try {
            if (closed) throw new IOException("the client is closed");
            send(flow, ask.query());
            Action action;
            long deadline = ask.deadlineNanos();
            do {
                ReadOnlyCstruct message = receive(flow, deadline);
                action = receiver.receive(message);
                if (action instanceof Action.Listen(long until)) deadline = until;
                else keptNanos = keptNanos(message);
            } while (action instanceof Action.Listen);
            return action;
        } finally {
            busy.remove(flow);
            if (keptNanos > 0) {
                keep(ask.server(), flow, keptNanos);
            } else if (keptNanos == 0) {
                closeQuietly(flow);
            } else {
                flow.abort();
            }
        }
    }

    /// For how long a server keeps the stream of its answer (RFC 7828, 3.4): not at all, if it
    /// tells 0. A moment less than that, so that a question does not meet its end.
    private static long keptNanos(ReadOnlyCstruct answer) {
        var view = new MessageView();
        if (view.parse(answer) != MessageView.Verdict.OK || !view.hasEdns()) return KEPT_NANOS;
        int at = view.option(EdnsOption.TCP_KEEPALIVE);
        if (at < 0 || view.optionLength(at) != 2) return KEPT_NANOS;
        long told = answer.u16be(at) * TENTH_NANOS;
        return Math.min(told - told / 16, MOST_KEPT_NANOS);
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

    private void keep(Endpoint server, Flow flow, long nanos) {
        Kept before = kept.put(server, new Kept(flow, clock.nanoTime() + nanos));
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
