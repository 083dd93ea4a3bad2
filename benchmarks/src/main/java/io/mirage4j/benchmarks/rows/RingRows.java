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
        return Cstruct.allocate(Arena.ofAuto(), octets, 4096);
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
            return large
                    ? times -> largeBatches(times, batch)
                    : times -> smallBatches(times, batch);
        }

        Duet inFlight(int window) {
            return large
                    ? new Duet(times -> largeNear(times, window), this::largeFar)
                    : new Duet(times -> smallNear(times, window), this::smallFar);
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

        private long smallBatches(int times, int batch) {
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                for (int i = 0; i < batch; i++) {
                    fillSmall(turn + i);
                }
                front.push();
                serveSmall();
                sum += collect(front.waiting());
            }
            return sum;
        }

        private long largeBatches(int times, int batch) {
            long sum = 0;
            for (int turn = 0; turn < times; turn++) {
                for (int i = 0; i < batch; i++) {
                    fillLarge(turn + i);
                }
                front.push();
                serveLarge();
                sum += collect(front.waiting());
            }
            return sum;
        }

        private long smallNear(int times, int window) {
            long sum = 0;
            for (int sent = 0, got = 0; got < times; ) {
                int before = sent;
                for (; sent < times && sent - got < window; sent++) {
                    fillSmall(sent);
                }
                if (sent != before) {
                    front.push();
                }
                int n = front.waiting();
                sum += collect(n);
                got += n;
            }
            return sum;
        }

        private long largeNear(int times, int window) {
            long sum = 0;
            for (int sent = 0, got = 0; got < times; ) {
                int before = sent;
                for (; sent < times && sent - got < window; sent++) {
                    fillLarge(sent);
                }
                if (sent != before) {
                    front.push();
                }
                int n = front.waiting();
                sum += collect(n);
                got += n;
            }
            return sum;
        }

        private long smallFar(int times) {
            for (int done = 0; done < times; ) {
                done += serveSmall();
            }
            return 0;
        }

        private long largeFar(int times) {
            for (int done = 0; done < times; ) {
                done += serveLarge();
            }
            return 0;
        }

        private void fillSmall(int i) {
            Cstruct page = this.page;
            int slot = front.slot();
            page.putU64le(slot, Integer.toUnsignedLong(i));
            page.putU32le(slot + 8, 3 * i);
            front.commit();
        }

        private void fillLarge(int i) {
            ask.putU64le(0, Integer.toUnsignedLong(i));
            ask.putU32le(8, 3 * i);
            ask.copyTo(0, page, front.slot(), 112);
            front.commit();
        }

        private int serveSmall() {
            Cstruct page = this.page;
            int waiting = back.waiting();
            for (int n = waiting; n > 0; n--) {
                int slot = back.next();
                long id = page.u64le(slot);
                int value = page.u32le(slot + 8);
                respond(id, value);
            }
            back.push();
            return waiting;
        }

        private int serveLarge() {
            int waiting = back.waiting();
            for (int n = waiting; n > 0; n--) {
                page.copyTo(back.next(), copy, 0, 112);
                respond(copy.u64le(0), copy.u32le(8));
            }
            back.push();
            return waiting;
        }

        private void respond(long id, int value) {
            Cstruct page = this.page;
            int slot = back.slot();
            page.putU64le(slot, id);
            page.putU32le(slot + 8, value + 1);
            back.commit();
        }

        private long collect(int waiting) {
            Cstruct page = this.page;
            long sum = 0;
            for (int n = waiting; n > 0; n--) {
                int slot = front.next();
                sum += page.u64le(slot) + Integer.toUnsignedLong(page.u32le(slot + 8));
            }
            return sum;
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
