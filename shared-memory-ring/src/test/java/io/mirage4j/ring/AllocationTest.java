// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;

/// The hot paths allocate nothing, once they are compiled.
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// The measurement itself allocates a little, and so may a compiler thread's hand-over.
    private static final long NOISE_OCTETS = 10_000;

    private static final int OPERATIONS = 200_000;

    @Test
    void requestsAndResponsesAllocateNothing() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = SlotRingTest.page(arena, 4096);
            FrontRing front = FrontRing.create(page, 112);
            BackRing back = BackRing.attach(page, 112);
            Cstruct copy = Cstruct.allocate(arena, 112, 8);
            String waiting = "waits";
            RequestIds<String> ids = new RequestIds<>(front.count());
            assertAllocatesNothing(
                    () -> {
                        page.putU64le(front.slot(), ids.allocate(waiting));
                        front.commit();
                        front.push();
                        back.take(copy, 0);
                        page.putU64le(back.slot(), copy.u64le(0));
                        back.commit();
                        back.push();
                        back.finalCheck();
                        ids.complete(page.u64le(front.poll()));
                        front.finalCheck();
                    });
        }
    }

    @Test
    void octetsAllocateNothing() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct page = SlotRingTest.page(arena, 4096);
            ConsoleRing guest = ConsoleRing.guest(page);
            ConsoleRing daemon = ConsoleRing.daemon(page);
            Cstruct some = Cstruct.allocate(arena, 100, 8);
            assertAllocatesNothing(
                    () -> {
                        guest.writer().write(some, 0, 100);
                        daemon.reader().read(some, 0, 100);
                    });
        }
    }

    @Test
    void recordsAllocateNothing() {
        try (Arena arena = Arena.ofConfined()) {
            Cstruct one = Cstruct.allocate(arena, RecordRing.HEAD_OCTETS + 4096, 4096);
            Cstruct many = Cstruct.allocate(arena, RecordRing.HEAD_OCTETS + 4096, 4096);
            long[] sum = new long[1];
            RecordHandler add = (memory, off, len) -> sum[0] += len;
            OneToOneProducer oneProducer = new OneToOneProducer(one);
            ManyToOneProducer manyProducer = ManyToOneProducer.attach(many, 1);
            OneToOneConsumer oneConsumer = new OneToOneConsumer(one);
            ManyToOneConsumer manyConsumer = new ManyToOneConsumer(many);
            assertAllocatesNothing(
                    () -> {
                        oneProducer.claim(40);
                        oneProducer.commit();
                        oneConsumer.drain(add, 9);
                        manyProducer.claim(40);
                        manyProducer.commit();
                        manyProducer.signalDue();
                        manyConsumer.drain(add, 9);
                    });
        }
    }

    private static void assertAllocatesNothing(Runnable operation) {
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && allocated > NOISE_OCTETS; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("%d operations", OPERATIONS).isLessThan(NOISE_OCTETS);
    }
}
