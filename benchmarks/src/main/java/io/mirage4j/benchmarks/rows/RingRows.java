// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;
import static io.mirage4j.benchmarks.harness.Row.comparedInTwoThreads;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.CacheLine;
import io.mirage4j.benchmarks.harness.Duet;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.SkippedException;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.ring.BackRing;
import io.mirage4j.ring.FrontRing;
import io.mirage4j.ring.OneToOneConsumer;
import io.mirage4j.ring.OneToOneProducer;
import io.mirage4j.ring.RecordHandler;
import io.mirage4j.ring.RecordProducer;
import io.mirage4j.ring.RecordRing;

import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jctools.queues.SpscArrayQueue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;

/// The request/response ring against the macros of Xen's header (`ring.c` is the twin of this), and
/// the record ring against the rings of Java. An operation is a request with its response, or a
/// record.
final class RingRows {
    private static final String MODULE = "shared-memory-ring";
    private static final String SOURCE = "ring.c";
    private static final int PAGE = 4096;

    static List<Row> rows() {
        return List.of(
                batches("batch-1-slot-12", Slots.SMALL, 1, 1.15),
                batches("batch-1-slot-112", Slots.LARGE, 1, 1.15),
                batches("batch-32-slot-12", Slots.SMALL, 32, 1.25),
                batches("batch-32-slot-112", Slots.LARGE, 32, 1.25),
                compared(
                                MODULE,
                                "batch-32-slot-12",
                                "raw addresses in Java",
                                1.25,
                                () ->
                                        new Pair<>(
                                                new Ours(Slots.SMALL).batches(32),
                                                new RawRing().batches(32)))
                        .perTurn(32),
                inFlight("ping-pong-slot-12", Slots.SMALL, 1, 1.0),
                inFlight("ping-pong-slot-112", Slots.LARGE, 1, 1.0),
                comparedInTwoThreads(
                        MODULE,
                        "ping-pong-slot-12",
                        "cache line",
                        1.4,
                        () -> new Pair<>(new Ours(Slots.SMALL).roundTrips(), CacheLine.pingPong())),
                inFlight("window-256-slot-12", Slots.SMALL, 256, 1.25),
                inFlight("window-32-slot-112", Slots.LARGE, 32, 1.25),
                comparedInTwoThreads(
                        MODULE,
                        "records-of-12",
                        "Agrona OneToOneRingBuffer",
                        1.0,
                        () -> new Pair<>(records(), agrona())),
                comparedInTwoThreads(
                        MODULE,
                        "records-of-12",
                        "JCTools SpscArrayQueue",
                        1.0,
                        () -> new Pair<>(records(), jctools())));
    }

    /// One thread is front and back in turn: `batch` requests go over, then their responses back.
    private static Row batches(String name, Slots slots, int batch, double goal) {
        return compared(
                        MODULE,
                        name,
                        "C",
                        goal,
                        () ->
                                new Pair<>(
                                        new Ours(slots).batches(batch),
                                        new Theirs(slots).batches(batch)))
                .perTurn(batch);
    }

    /// Two threads, at most `window` requests on their way.
    private static Row inFlight(String name, Slots slots, int window, double goal) {
        return comparedInTwoThreads(
                MODULE,
                name,
                "C",
                goal,
                () ->
                        new Pair<>(
                                new Ours(slots).inFlight(window),
                                new Theirs(slots).inFlight(window)));
    }

    private enum Slots {
        SMALL("small", 12),
        LARGE("large", 112);

        final String name;
        final int octets;

        Slots(String name, int octets) {
            this.name = name;
            this.octets = octets;
        }
    }

    private static Cstruct pages(int octets) {
        return Cstruct.allocate(octets, 4096);
    }

    /// Both ends on one page. A slot is u64 id and u32 value; a large one is copied whole.
    private static final class Ours {
        private final Cstruct page = pages(PAGE);
        private final boolean large;
        private final FrontRing front;
        private final BackRing back;
        private final Cstruct ask = pages(112);
        private final Cstruct copy = pages(112);

        Ours(Slots slots) {
            large = slots == Slots.LARGE;
            front = FrontRing.create(page, slots.octets);
            back = BackRing.attach(page, slots.octets);
        }

        Body batches(int batch) {
            if (batch > 1) return times -> batches(times, batch);
            return large ? this::oneLargeByOne : this::oneByOne;
        }

        Duet inFlight(int window) {
            return new Duet(times -> near(times, window), this::far);
        }

        /// As [#inFlight] with one request, for a baseline that returns how often it turned.
        Duet roundTrips() {
            Duet pingPong = inFlight(1);
            return new Duet(
                    times -> {
                        pingPong.near().run(times);
                        return times;
                    },
                    times -> {
                        pingPong.far().run(times);
                        return times;
                    });
        }

        /// Each message for itself, as one writes it who does not expect another.
        private long oneByOne(int times) {
            Cstruct page = this.page;
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                ask(page, front.slot(), turn);
                front.commit();
                front.push();
                for (int n = back.waiting(); n > 0; n--) {
                    answer(page, back.next());
                    back.commit();
                }
                back.push();
                for (int n = front.waiting(); n > 0; n--) {
                    sum += taken(page, front.next());
                }
            }
            return sum;
        }

        private long oneLargeByOne(int times) {
            Cstruct page = this.page;
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                askLarge(page, front.slot(), turn, ask);
                front.commit();
                front.push();
                for (int n = back.waiting(); n > 0; n--) {
                    answerLarge(page, back.next(), copy);
                    back.commit();
                }
                back.push();
                for (int n = front.waiting(); n > 0; n--) {
                    sum += taken(page, front.next());
                }
            }
            return sum;
        }

        private long batches(int times, int batch) {
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                fill(turn, batch);
                front.push();
                serve();
                sum += collect(front.waiting());
            }
            return sum;
        }

        private long near(int times, int window) {
            long sum = 0;
            for (int sent = 0, got = 0; got < times; ) {
                int more = Math.min(times, got + window) - sent;
                if (more > 0) {
                    fill(sent, more);
                    front.push();
                    sent += more;
                }
                int n = front.waiting();
                sum += collect(n);
                got += n;
            }
            return sum;
        }

        private long far(int times) {
            for (int done = 0; done < times; ) {
                done += serve();
            }
            return 0;
        }

        /// Asks with the ids from `id` on.
        private void fill(int id, int count) {
            for (int left = count, run; left > 0; left -= run, id += run) {
                int next = front.nextIndex();
                run = front.run(next, left);
                int off = front.offsetOf(next);
                if (large) {
                    fillLarge(page, off, id, run, ask);
                } else {
                    fillSmall(page, off, id, run);
                }
                front.commit(run);
            }
        }

        private static void fillSmall(Cstruct page, int off, int id, int run) {
            for (int end = off + run * 12; off < end; off += 12, id++) {
                ask(page, off, id);
            }
        }

        private static void fillLarge(Cstruct page, int off, int id, int run, Cstruct ask) {
            for (int end = off + run * 112; off < end; off += 112, id++) {
                askLarge(page, off, id, ask);
            }
        }

        private static void ask(Cstruct page, int off, int id) {
            page.putU64le(off, Integer.toUnsignedLong(id));
            page.putU32le(off + 8, 3 * id);
        }

        private static void askLarge(Cstruct page, int off, int id, Cstruct ask) {
            ask.putU64le(0, Integer.toUnsignedLong(id));
            ask.putU32le(8, 3 * id);
            ask.copyTo(0, page, off, 112);
        }

        /// Answers what waits, each request in its own slot.
        private int serve() {
            int waiting = back.waiting();
            for (int left = waiting, run; left > 0; left -= run) {
                int first = back.firstWaiting();
                run = back.run(first, left);
                int off = back.offsetOf(first);
                back.take(run);
                if (large) {
                    serveLarge(page, off, run, copy);
                } else {
                    serveSmall(page, off, run);
                }
                back.commit(run);
            }
            back.push();
            return waiting;
        }

        private static void serveSmall(Cstruct page, int off, int run) {
            for (int end = off + run * 12; off < end; off += 12) {
                answer(page, off);
            }
        }

        private static void serveLarge(Cstruct page, int off, int run, Cstruct copy) {
            for (int end = off + run * 112; off < end; off += 112) {
                answerLarge(page, off, copy);
            }
        }

        private static void answer(Cstruct page, int off) {
            long id = page.u64le(off);
            int value = page.u32le(off + 8);
            page.putU64le(off, id);
            page.putU32le(off + 8, value + 1);
        }

        private static void answerLarge(Cstruct page, int off, Cstruct copy) {
            page.copyTo(off, copy, 0, 112);
            page.putU64le(off, copy.u64le(0));
            page.putU32le(off + 8, copy.u32le(8) + 1);
        }

        private long collect(int waiting) {
            long sum = 0;
            for (int left = waiting, run; left > 0; left -= run) {
                int first = front.firstWaiting();
                run = front.run(first, left);
                sum += collect(page, front.offsetOf(first), run, front.slotOctets());
                front.take(run);
            }
            return sum;
        }

        private static long collect(Cstruct page, int off, int run, int step) {
            long sum = 0;
            for (int i = 0; i < run; i++, off += step) {
                sum += taken(page, off);
            }
            return sum;
        }

        private static long taken(Cstruct page, int off) {
            return page.u64le(off) + Integer.toUnsignedLong(page.u32le(off + 8));
        }
    }

    /// The same in C.
    private static final class Theirs {
        private final CLibrary library;
        private final String name;
        private final MemorySegment page = Arena.ofAuto().allocate(PAGE, PAGE);
        private final MemorySegment ends;

        Theirs(Slots slots) throws SkippedException, IOException {
            library = CLibrary.of(SOURCE);
            name = slots.name;
            ends = Arena.ofAuto().allocate(once(library.body(name + "_ends_octets")), 128);
            once(library.body(name + "_init", ends, page, (long) PAGE));
        }

        private static long once(Body body) {
            try {
                return body.run(1);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        Body batches(int batch) {
            Body body = library.body(name + "_batches", ends, (long) batch);
            return times -> keepingPage(body, times);
        }

        Duet inFlight(int window) {
            Body near = library.body(name + "_near", ends, (long) window);
            Body far = library.body(name + "_far", ends);
            return new Duet(times -> keepingPage(near, times), far);
        }

        /// `ends` points to the page, which the collector does not see.
        private long keepingPage(Body body, int times) throws Throwable {
            try {
                return body.run(times);
            } finally {
                Reference.reachabilityFence(page);
            }
        }
    }

    private static final int RECORDS_CAPACITY = 8192;

    private static Duet records() {
        Cstruct memory = pages(RecordRing.HEAD_OCTETS + RECORDS_CAPACITY);
        RecordRing.init(memory);
        OneToOneProducer producer = new OneToOneProducer(memory);
        OneToOneConsumer consumer = new OneToOneConsumer(memory);
        long[] sum = new long[32];
        RecordHandler add =
                (records, off, len) ->
                        sum[16] +=
                                records.u64le(off) + Integer.toUnsignedLong(records.u32le(off + 8));
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        int off;
                        while ((off = producer.claim(12)) == RecordProducer.NONE) {
                            Thread.onSpinWait();
                        }
                        memory.putU64le(off, i);
                        memory.putU32le(off + 8, 3 * i);
                        producer.commit();
                    }
                    return 0;
                },
                times -> {
                    sum[16] = 0;
                    for (int done = 0; done < times; ) {
                        done += consumer.drain(add, times - done);
                    }
                    return sum[16];
                });
    }

    private static Duet agrona() {
        var buffer =
                new UnsafeBuffer(
                        ByteBuffer.allocateDirect(
                                RECORDS_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH));
        var ring = new OneToOneRingBuffer(buffer);
        long[] sum = new long[32];
        MessageHandler add =
                (type, records, off, len) ->
                        sum[16] +=
                                records.getLong(off)
                                        + Integer.toUnsignedLong(records.getInt(off + 8));
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        int off;
                        while ((off = ring.tryClaim(1, 12)) < 0) {
                            Thread.onSpinWait();
                        }
                        buffer.putLong(off, i);
                        buffer.putInt(off + 8, 3 * i);
                        ring.commit(off);
                    }
                    return 0;
                },
                times -> {
                    sum[16] = 0;
                    for (int done = 0; done < times; ) {
                        done += ring.read(add, times - done);
                    }
                    return sum[16];
                });
    }

    /// References to objects that are there already: what a queue inside one process can do.
    private static Duet jctools() {
        var queue = new SpscArrayQueue<Message>(RECORDS_CAPACITY / 24);
        Message[] messages = new Message[1 << 16];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = new Message();
        }
        return new Duet(
                times -> {
                    for (int i = 0; i < times; i++) {
                        Message message = messages[i & (messages.length - 1)];
                        message.id = i;
                        message.value = 3 * i;
                        while (!queue.offer(message)) {
                            Thread.onSpinWait();
                        }
                    }
                    return 0;
                },
                times -> {
                    long sum = 0;
                    for (int done = 0; done < times; ) {
                        Message message = queue.poll();
                        if (message != null) {
                            sum += message.id + Integer.toUnsignedLong(message.value);
                            done++;
                        }
                    }
                    return sum;
                });
    }

    private static final class Message {
        long id;
        int value;
    }

    private RingRows() {}
}
