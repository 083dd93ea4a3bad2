// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.client.Action;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A stream on which many questions are on their way at a time; their answers come in any order and
/// are told apart by their ids (RFC 7766, 6.2.1.1 and 7), which are changed on the way where two
/// are the same. A thread of its own reads, and sees when the server closes.
final class SharedStream {
    private static final int PREFIX = 2;
    private static final int REFUSED = -1;

    /// So many are far fewer octets than a server takes without reading, so none is held up.
    private static final int MOST_QUESTIONS = 100;

    /// Servers that do not tell close what is idle for longer than about that.
    private static final long KEPT_NANOS = 10_000_000_000L;

    private static final long MOST_KEPT_NANOS = 120_000_000_000L;
    private static final long TENTH_NANOS = 100_000_000;

    /// What comes for one question: messages, or null in [#message] when no more will.
    private record Arrival(@Nullable Cstruct message) {}

    private static final Arrival END = new Arrival(null);

    private final Flow flow;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();

    /// Guards what is below.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Integer, BlockingQueue<Arrival>> waiting = new HashMap<>();

    /// Takes no more questions, and ends with the last that is on its way.
    private boolean ending;

    private long untilNanos;
    private String ended = "";

    SharedStream(Flow flow, Clock clock) {
        this.flow = flow;
        this.clock = clock;
        untilNanos = clock.nanoTime() + KEPT_NANOS;
    }

    void start() {
        Thread.ofVirtual().name("dns-stream").start(this::read);
    }

    boolean isEnding() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    /// Asks, and hands what comes to the receiver until that is content; null if this stream takes
    /// no more questions, because it ends, or has too many.
    ///
    /// @throws TimedOutException if nothing came until the deadline
    @Nullable Action converse(Action.AskByStream ask, Streams.Receiver receiver)
            throws IOException {
        var arrivals = new LinkedBlockingQueue<Arrival>();
        int asked = HeaderWire.id(ask.query());
        int id = enter(asked, arrivals);
        if (id == REFUSED) return null;
        boolean answered = false;
        try {
            send(ask.query(), id);
            long deadline = ask.deadlineNanos();
            while (true) {
                Cstruct arrived = await(arrivals, deadline);
                if (arrived.length() >= PREFIX && HeaderWire.id(arrived) == id) {
                    HeaderWire.putId(arrived, asked);
                }
                ReadOnlyCstruct message = arrived.readOnly();
                Action action = receiver.receive(message);
                if (!(action instanceof Action.Listen(long until))) {
                    keep(message);
                    answered = true;
                    return action;
                }
                deadline = until;
            }
        } finally {
            leave(id, answered);
        }
    }

    /// The id that the question has here: its own, or the next one that is free.
    private int enter(int id, BlockingQueue<Arrival> arrivals) {
        lock.lock();
        try {
            if (ending || waiting.size() >= MOST_QUESTIONS) return REFUSED;
            int free = id;
            while (waiting.putIfAbsent(free, arrivals) != null) {
                free = free + 1 & 0xffff;
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    /// A stream that owes an answer is not used again.
    private void leave(int id, boolean answered) {
        lock.lock();
        try {
            waiting.remove(id);
            ending |= !answered;
            if (!ending || !waiting.isEmpty()) return;
        } finally {
            lock.unlock();
        }
        if (answered) closeQuietly();
        else flow.abort();
    }

    /// RFC 7766, 8: length and message go together.
    private void send(ReadOnlyCstruct query, int id) throws IOException {
        Cstruct framed = Cstruct.create(PREFIX + query.length());
        framed.putU16be(0, query.length());
        framed.put(PREFIX, query);
        HeaderWire.putId(framed.shift(PREFIX), id);
        writing.lock();
        try {
            flow.write(framed);
        } catch (IOException e) {
            flow.abort(); // half a question would spoil the next
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private Cstruct await(BlockingQueue<Arrival> arrivals, long deadline) throws IOException {
        try {
            long left = Math.max(0, deadline - clock.nanoTime());
            Arrival arrival = arrivals.poll(left, TimeUnit.NANOSECONDS);
            if (arrival == null) throw new TimedOutException("no answer in time");
            if (arrival.message != null) return arrival.message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the wait for an answer was interrupted");
        }
        lock.lock();
        try {
            throw new IOException(ended);
        } finally {
            lock.unlock();
        }
    }

    /// For how long a server keeps the stream of its answer (RFC 7828, 3.4): not at all, if it
    /// tells 0. A moment less than that, so that a question does not meet its end.
    private void keep(ReadOnlyCstruct answer) {
        long kept = KEPT_NANOS;
        var view = new MessageView();
        if (view.parse(answer) == MessageView.Verdict.OK && view.hasEdns()) {
            int at = view.option(EdnsOption.TCP_KEEPALIVE);
            if (at >= 0 && view.optionLength(at) == 2) {
                long told = answer.u16be(at) * TENTH_NANOS;
                kept = Math.min(told - told / 16, MOST_KEPT_NANOS);
            }
        }
        lock.lock();
        try {
            untilNanos = clock.nanoTime() + kept;
            ending |= kept == 0;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            Cstruct prefix = Cstruct.create(PREFIX);
            while (fill(prefix)) {
                Cstruct message = Cstruct.create(prefix.u16be(0));
                if (!fill(message)) break;
                deliver(message);
            }
            end("closed before the answer was whole");
            closeQuietly();
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
            flow.abort();
        }
    }

    /// False at the end of the stream, whoever wanted it.
    private boolean fill(Cstruct buf) throws IOException {
        for (int have = 0; have < buf.length(); ) {
            try {
                flow.readTimeout(patience());
                int read = flow.read(buf.sub(have, buf.length() - have));
                if (read == Flow.END) return false;
                have += read;
            } catch (TimedOutException e) {
                if (isIdle()) return false;
            }
        }
        return true;
    }

    private long patience() {
        lock.lock();
        try {
            long left = untilNanos - clock.nanoTime();
            return waiting.isEmpty() ? Math.max(1, left) : KEPT_NANOS;
        } finally {
            lock.unlock();
        }
    }

    /// Whether nobody wants it any longer; then it takes no more questions.
    private boolean isIdle() {
        lock.lock();
        try {
            ending |= waiting.isEmpty() && untilNanos - clock.nanoTime() <= 0;
            return ending && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// To whoever waits for that id. What has another goes to the one who waits, if it is one: the
    /// receiver knows what becomes of that. Among several it answers one who left.
    private void deliver(Cstruct message) {
        lock.lock();
        try {
            BlockingQueue<Arrival> arrivals =
                    message.length() < PREFIX ? null : waiting.get(HeaderWire.id(message));
            if (arrivals == null && waiting.size() == 1) {
                arrivals = waiting.values().iterator().next();
            }
            if (arrivals != null) {
                arrivals.add(new Arrival(message));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing comes any longer: tells all who wait. The first reason is the reason.
    private void end(String reason) {
        lock.lock();
        try {
            ended = ended.isEmpty() ? reason : ended;
            ending = true;
            waiting.values().forEach(arrivals -> arrivals.add(END));
        } finally {
            lock.unlock();
        }
    }

    /// Whether nobody asks here any longer, and nobody waits.
    boolean isOver() {
        lock.lock();
        try {
            return ending && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Ends it, for those who wait too.
    void close() {
        end("the client is closed");
        flow.abort();
    }

    private void closeQuietly() {
        try {
            flow.close();
        } catch (IOException e) {
            flow.abort(); // it was done with anyway
        }
    }
}
