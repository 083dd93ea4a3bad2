// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

class RecordRingTest {
    private static final long PID = 4711;

    /// Random records through a small ring, beside a queue; positions may begin anywhere.
    @Property(tries = 300)
    void recordsComeOutAsTheyWentIn(
            @ForAll boolean many,
            @ForAll @IntRange(min = 6, max = 12) int order,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cstruct memory = memory(1 << order);
        long start = random.nextBoolean() ? 0 : (1L << 32) - 8L * random.nextInt(20);
        memory.putLongRelease(RecordRing.TAIL, start);
        memory.putLongRelease(RecordRing.HEAD, start);
        RecordProducer producer =
                many ? ManyToOneProducer.attach(memory, PID) : new OneToOneProducer(memory);
        RecordConsumer consumer =
                many ? new ManyToOneConsumer(memory) : new OneToOneConsumer(memory);
        ArrayDeque<byte[]> model = new ArrayDeque<>();
        int put = 0;
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(3) != 0) {
                byte[] record = new byte[random.nextInt(producer.maxLength() + 1)];
                random.nextBytes(record);
                int off = producer.claim(record.length);
                if (off == RecordProducer.NONE && model.isEmpty()) {
                    consumer.drain((m, at, len) -> {}, 1); // aborted records take room until now
                    off = producer.claim(record.length);
                    assertThat(off).as("an empty ring has room").isNotEqualTo(RecordProducer.NONE);
                }
                if (off == RecordProducer.NONE) continue;
                assertThat(off % 8).isZero();
                memory.put(off, record);
                if (random.nextInt(8) == 0) {
                    producer.abort();
                } else {
                    producer.commit();
                    model.add(record);
                    put++;
                }
            } else {
                int limit = random.nextInt(10);
                int drained =
                        consumer.drain(
                                (m, off, len) ->
                                        assertThat(m.toByteArray(off, len))
                                                .isEqualTo(model.remove()),
                                limit);
                assertThat(drained).isLessThanOrEqualTo(limit);
            }
            assertThat(producer.fault()).isNull();
            assertThat(consumer.fault()).isNull();
        }
        while (consumer.drain((m, off, len) -> model.remove(), 3) > 0) {}
        assertThat(model).isEmpty();
        assertThat(put).isPositive();
        assertThat(consumer.pending()).isEqualTo(Pending.NOTHING);
    }

    @Test
    void aRingWhoseHeadIsNoRecordsPlaceIsFaultyAndWaitsForNobody() {
        Cstruct memory = memory(64);
        memory.putU64le(RecordRing.HEAD, 4);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        assertThat(consumer.fault()).isNotNull();
        assertThat(consumer.isStuck()).isFalse();
    }

    @Test
    void aOneToOneRingIsLaidOutAsWritten() {
        Cstruct memory = memory(64);
        OneToOneProducer producer = new OneToOneProducer(memory);
        put(producer, 5, 0x41);
        assertThat(memory.u64le(0)).as("tail").isEqualTo(16);
        assertThat(hex(memory, 512, 16)).isEqualTo("0500000002000000" + "4141414141000000");
        assertThat(producer.maxLength()).isEqualTo(8);
        put(producer, 8, 0x42);
        put(producer, 8, 0x43);
        OneToOneConsumer consumer = new OneToOneConsumer(memory);
        assertThat(consumer.drain((m, off, len) -> {}, 2)).isEqualTo(2);
        assertThat(memory.u64le(128)).as("head").isEqualTo(32);
        put(producer, 0, 0);
        assertThat(memory.u64le(0)).as("tail").isEqualTo(56);
        put(producer, 8, 0x44);
        assertThat(hex(memory, 512 + 56, 8)).as("skipped").isEqualTo("0000000003000000");
        assertThat(hex(memory, 512, 16)).isEqualTo("0800000002000000" + "4444444444444444");
        assertThat(memory.u64le(0)).as("tail").isEqualTo(80);
    }

    @Test
    void aManyToOneRingIsLaidOutAsWritten() {
        Cstruct memory = memory(64);
        ManyToOneProducer first = ManyToOneProducer.attach(memory, PID);
        ManyToOneProducer second = ManyToOneProducer.attach(memory, PID + 1);
        assertThat(memory.u64le(256)).isEqualTo(PID);
        assertThat(memory.u64le(264)).isEqualTo(PID + 1);
        int off = second.claim(3);
        assertThat(off).isEqualTo(520);
        assertThat(hex(memory, 512, 8)).as("claimed").isEqualTo("0300000001020000");
        put(first, 1, 0x41);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        assertThat(consumer.isStuck()).isTrue();
        assertThat(consumer.drain((m, o, len) -> {}, 9)).as("before the first commits").isZero();
        second.commit();
        assertThat(hex(memory, 512, 8)).as("committed").isEqualTo("0300000002020000");
        assertThat(consumer.isStuck()).isFalse();
        assertThat(consumer.drain((m, o, len) -> {}, 9)).isEqualTo(2);
        assertThat(memory.u64le(128)).as("head").isEqualTo(32);
        assertThat(hex(memory, 512, 64)).as("consumed memory is free").isEqualTo("00".repeat(64));
        first.close();
        assertThat(memory.u64le(256)).isZero();
        assertThat(ManyToOneProducer.attach(memory, PID + 2)).isNotNull();
        assertThat(memory.u64le(256)).isEqualTo(PID + 2);
    }

    @Test
    void anAbortedRecordIsNotSeen() {
        Cstruct memory = memory(256);
        try (ManyToOneProducer producer = ManyToOneProducer.attach(memory, PID)) {
            producer.claim(10);
            producer.abort();
            put(producer, 3, 7);
            List<Integer> lengths = new ArrayList<>();
            assertThat(new ManyToOneConsumer(memory).drain((m, o, len) -> lengths.add(len), 9))
                    .isEqualTo(1);
            assertThat(lengths).containsExactly(3);
        }
    }

    /// A record may wait behind the claim of another producer, over which the consumer sleeps.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoAbortsWakesTheConsumerForWhatWaitsBehind(boolean byLeaving) {
        Cstruct memory = memory(256);
        ManyToOneProducer slow = ManyToOneProducer.attach(memory, PID);
        ManyToOneProducer quick = ManyToOneProducer.attach(memory, PID);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        slow.claim(10);
        assertThat(consumer.finalCheck()).isEqualTo(Pending.NOTHING);
        put(quick, 3, 7);
        assertThat(quick.signalDue()).isTrue();
        assertThat(consumer.finalCheck()).as("the claim is in front").isEqualTo(Pending.NOTHING);
        if (byLeaving) {
            slow.close();
        } else {
            slow.abort();
        }
        assertThat(slow.signalDue()).isTrue();
        assertThat(consumer.drain((m, off, len) -> assertThat(len).isEqualTo(3), 9)).isEqualTo(1);
    }

    /// Set back over the second of three records, set back over all that this producer knows of,
    /// not a multiple of 8, far ahead.
    @ParameterizedTest
    @ValueSource(longs = {16, -8, 17, 1L << 40})
    void aTailThatCanNotBeRightStopsTheRing(long tail) {
        Cstruct memory = memory(256);
        ManyToOneProducer producer = ManyToOneProducer.attach(memory, PID);
        ManyToOneProducer other = ManyToOneProducer.attach(memory, PID);
        for (int i = 0; i < 3; i++) {
            put(other, 3, 7);
        }
        memory.putLongRelease(RecordRing.TAIL, tail);
        assertThat(producer.claim(3)).isEqualTo(RecordProducer.NONE);
        assertThat(producer.fault()).isNotNull();
        memory.putLongRelease(RecordRing.TAIL, 48);
        assertThat(producer.claim(3)).as("it stays so").isEqualTo(RecordProducer.NONE);
        assertThat(new ManyToOneConsumer(memory).drain((m, off, len) -> {}, 9)).isEqualTo(3);
    }

    @Test
    void theOrderOfCallsIsKept() {
        Cstruct memory = memory(256);
        OneToOneProducer producer = new OneToOneProducer(memory);
        assertThatThrownBy(producer::commit).hasMessage("nothing is claimed");
        assertThatThrownBy(producer::abort).hasMessage("nothing is claimed");
        producer.claim(4);
        assertThatThrownBy(() -> producer.claim(4))
                .hasMessage("claim while a record is claimed already");
        assertThatThrownBy(() -> producer.claim(57)).hasMessageContaining("57 octets, not 0 to 56");
        assertThatThrownBy(() -> producer.claim(-1)).hasMessageContaining("-1 octets");
        assertThatThrownBy(() -> RecordRing.init(Cstruct.create(512 + 96)))
                .hasMessageContaining("608");
        assertThatThrownBy(() -> ManyToOneProducer.attach(memory, 0)).hasMessageContaining("0");
    }

    @Test
    void aThirtyThirdProducerIsRefused() {
        Cstruct memory = memory(64);
        for (int i = 0; i < 32; i++) {
            ManyToOneProducer.attach(memory, PID);
        }
        assertThatThrownBy(() -> ManyToOneProducer.attach(memory, PID))
                .hasMessageContaining("32 places");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordOverWhichTheHandlerThrewIsConsumed(boolean many) {
        Cstruct memory = memory(256);
        RecordProducer producer =
                many ? ManyToOneProducer.attach(memory, PID) : new OneToOneProducer(memory);
        RecordConsumer consumer =
                many ? new ManyToOneConsumer(memory) : new OneToOneConsumer(memory);
        put(producer, 1, 1);
        put(producer, 2, 2);
        assertThatThrownBy(
                        () ->
                                consumer.drain(
                                        (m, off, len) -> {
                                            throw new IllegalArgumentException("no");
                                        },
                                        9))
                .hasMessage("no");
        assertThat(consumer.drain((m, off, len) -> assertThat(len).isEqualTo(2), 9)).isEqualTo(1);
    }

    /// A producer dies after any number of the stores that a claim makes, at any place of the
    /// circle; after the recovery the ring works, and nothing that was committed is lost.
    @Property(tries = 500)
    void aProducerMayDieAnywhereInItsClaim(
            @ForAll @IntRange(max = 5) int storesDone, @ForAll long seed) {
        Random random = new Random(seed);
        Cstruct memory = memory(256);
        ManyToOneProducer live = ManyToOneProducer.attach(memory, PID);
        ManyToOneProducer dead = ManyToOneProducer.attach(memory, PID + 1);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        ArrayDeque<Integer> committed = new ArrayDeque<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            int length = random.nextInt(live.maxLength() + 1);
            if (live.claim(length) != RecordProducer.NONE) {
                live.commit();
                committed.add(length);
            } else {
                consumer.drain((m, off, len) -> committed.remove(), 1 + random.nextInt(3));
            }
        }
        boolean pinned = random.nextBoolean() && live.claim(3) != RecordProducer.NONE;
        dieAfter(storesDone, memory, random.nextInt(dead.maxLength() + 1));
        if (random.nextBoolean()) {
            consumer.drain((m, off, len) -> assertThat(len).isEqualTo(committed.remove()), 99);
        }
        consumer.recover(pid -> pid == PID);
        assertThat(memory.u32le(RecordRing.CLAIMER)).isZero();
        assertThat(memory.u64le(264)).as("the place of the dead").isZero();
        if (pinned) {
            live.commit();
            committed.add(3);
        }
        for (int i = 0; i < 50; i++) {
            if (live.claim(i % 40) != RecordProducer.NONE) {
                live.commit();
                committed.add(i % 40);
            }
            consumer.drain((m, off, len) -> assertThat(len).isEqualTo(committed.remove()), 2);
        }
        while (consumer.drain((m, off, len) -> committed.remove(), 9) > 0) {}
        assertThat(committed).isEmpty();
        assertThat(consumer.pending()).isEqualTo(Pending.NOTHING);
        assertThat(consumer.fault()).isNull();
        assertThat(live.fault()).isNull();
        assertThat(memory.toByteArray(512, 256)).as("all is free").containsOnly(0);
        assertThat(memory.u64le(RecordRing.TAIL)).isEqualTo(memory.u64le(RecordRing.HEAD));
    }

    /// The stores of a claim by producer 2, as [ManyToOneProducer#claim] makes them, up to one.
    private static void dieAfter(int stores, Cstruct memory, int length) {
        long tail = memory.u64le(RecordRing.TAIL);
        int rest = 256 - (int) (tail % 256);
        int size = RecordRing.size(length);
        int skip = size <= rest ? 0 : rest;
        if (tail + skip + size - memory.u64le(RecordRing.HEAD) > 256) return;
        List<Runnable> all = new ArrayList<>();
        all.add(() -> memory.putIntRelease(RecordRing.CLAIMER, 2));
        int at = 512 + (int) ((tail + skip) % 256);
        long header = RecordRing.header(length, RecordRing.CLAIMED, 2);
        all.add(() -> memory.putLongRelease(at, header));
        if (skip != 0) {
            long skipped = RecordRing.header(skip - 8, RecordRing.SKIPPED, 2);
            all.add(() -> memory.putLongRelease(512 + (int) (tail % 256), skipped));
        }
        all.add(() -> memory.putLongRelease(RecordRing.TAIL, tail + skip + size));
        all.add(() -> memory.putIntRelease(RecordRing.CLAIMER, 0));
        all.subList(0, Math.min(stores, all.size())).forEach(Runnable::run);
    }

    @Test
    void aProducerThatLivesKeepsItsClaim() {
        Cstruct memory = memory(256);
        ManyToOneProducer slow = ManyToOneProducer.attach(memory, PID);
        slow.claim(5);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        assertThat(consumer.recover(pid -> true)).isZero();
        assertThat(consumer.isStuck()).isTrue();
        slow.commit();
        assertThat(consumer.drain((m, off, len) -> {}, 9)).isEqualTo(1);
    }

    @Test
    void aClaimWaitsNotLongForAnotherThatNeverEnds() {
        Cstruct memory = memory(256);
        ManyToOneProducer producer = ManyToOneProducer.attach(memory, PID);
        memory.putIntRelease(RecordRing.CLAIMER, 9);
        assertThat(producer.claim(1)).isEqualTo(RecordProducer.NONE);
        ManyToOneConsumer consumer = new ManyToOneConsumer(memory);
        assertThat(consumer.isStuck()).isTrue();
        assertThat(consumer.recover(pid -> true)).as("there is no producer 9").isEqualTo(1);
        assertThat(producer.claim(1)).isNotEqualTo(RecordProducer.NONE);
    }

    /// Whatever the other side writes anywhere in the memory, we end, stay within it, and say what
    /// was wrong.
    @Property(tries = 500)
    void aHostilePeerCanOnlyStopTheRing(
            @ForAll boolean many, @ForAll boolean consume, @ForAll long seed) {
        Random random = new Random(seed);
        Cstruct memory = memory(256);
        RecordProducer producer =
                many ? ManyToOneProducer.attach(memory, PID) : new OneToOneProducer(memory);
        RecordConsumer consumer =
                many ? new ManyToOneConsumer(memory) : new OneToOneConsumer(memory);
        for (int step = 0; step < 100; step++) {
            switch (random.nextInt(4)) {
                case 0 ->
                        memory.putLongRelease(
                                8 * random.nextInt(memory.length() / 8),
                                random.nextBoolean() ? random.nextLong() : random.nextInt(600));
                case 1 -> {
                    long header =
                            RecordRing.header(
                                    random.nextInt(300) - 10,
                                    random.nextInt(5),
                                    random.nextInt(40));
                    memory.putLongRelease(512 + 8 * random.nextInt(32), header);
                }
                default -> {
                    if (consume) {
                        int limit = random.nextInt(50);
                        AtomicInteger calls = new AtomicInteger();
                        consumer.drain(
                                (m, off, len) -> {
                                    calls.incrementAndGet();
                                    assertThat(off).isBetween(520, 768);
                                    assertThat(off + len).isBetween(off, 768);
                                },
                                limit);
                        assertThat(calls.get()).isLessThanOrEqualTo(limit);
                        if (consumer instanceof ManyToOneConsumer recovering) {
                            recovering.recover(pid -> random.nextBoolean());
                        }
                        consumer.finalCheck();
                    } else {
                        int off = producer.claim(random.nextInt(producer.maxLength() + 1));
                        if (off != RecordProducer.NONE) {
                            assertThat(off).isBetween(520, 768);
                            producer.commit();
                        }
                        producer.signalDue();
                    }
                }
            }
        }
        Faulty fault = consume ? consumer.fault() : producer.fault();
        if (fault != null) {
            assertThat(fault.toString()).contains(" is not within ");
        }
    }

    /// Several threads put numbered records in, one takes them out and sleeps when there are none:
    /// none is lost or doubled, each producer's come in order, and nobody sleeps for ever.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void recordsOfManyThreadsArriveOnceAndInOrder(int producers) throws Exception {
        int each = (Boolean.getBoolean("mirage.full") ? 20_000_000 : 400_000) / producers;
        try (Arena arena = Arena.ofShared()) {
            Cstruct memory = Cstruct.allocate(arena, RecordRing.HEAD_OCTETS + 4096, 4096);
            RecordRing.init(memory);
            Doorbell bell = Doorbell.inProcess();
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < producers; number++) {
                RecordProducer producer =
                        producers == 1
                                ? new OneToOneProducer(memory)
                                : ManyToOneProducer.attach(memory, PID);
                int me = number;
                threads.add(Thread.ofPlatform().start(() -> produce(producer, me, each, bell)));
            }
            RecordConsumer consumer =
                    producers == 1 ? new OneToOneConsumer(memory) : new ManyToOneConsumer(memory);
            int[] next = new int[producers];
            int[] total = new int[1];
            WaitStrategy wait = WaitStrategy.event(bell);
            RecordHandler check =
                    (m, off, len) -> {
                        int from = m.u32le(off);
                        assertThat(m.u32le(off + 4)).isEqualTo(next[from]);
                        assertThat(len).isEqualTo(8 + next[from] % 50);
                        next[from]++;
                        total[0]++;
                    };
            while (total[0] < producers * each) {
                assertThat(wait.await(consumer)).isEqualTo(Pending.WORK);
                consumer.drain(check, 64);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(next).containsOnly(each);
        }
    }

    private static void produce(RecordProducer producer, int me, int count, Doorbell bell) {
        try {
            for (int i = 0; i < count; i++) {
                int off;
                while ((off = producer.claim(8 + i % 50)) == RecordProducer.NONE) {
                    Thread.yield();
                }
                producer.memory().putU32le(off, me);
                producer.memory().putU32le(off + 4, i);
                producer.commit();
                if (producer.signalDue()) {
                    bell.ring();
                }
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(RecordProducer producer, int length, int octet) {
        int off = producer.claim(length);
        assertThat(off).isNotEqualTo(RecordProducer.NONE);
        producer.memory().fill(off, length, octet);
        producer.commit();
    }

    static Cstruct memory(int capacity) {
        Cstruct memory = Cstruct.of(new byte[RecordRing.HEAD_OCTETS + capacity]);
        RecordRing.init(memory);
        return memory;
    }

    private static String hex(Cstruct memory, int off, int len) {
        return HexFormat.of().formatHex(memory.toByteArray(off, len));
    }
}
