// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Record rings in a file between us and a program in C that knows their layout from its
/// description only. Each producer counts up; no record is lost, doubled, out of order or of other
/// octets.
@Timeout(300)
class RecordsAgainstCTest {
    private static final int COUNT = Boolean.getBoolean("mirage.full") ? 20_000_000 : 2_000_000;
    private static final int CAPACITY = 4096;

    /// What a producer of a many-to-one ring claims and then aborts: each fifth.
    private static final int ABORTED = COUNT / 5;

    @TempDir Path dir;
    private Path records = Path.of("");
    private Path ring = Path.of("");

    @BeforeEach
    void compile() throws Exception {
        records = Programs.compile("records.c", dir);
        ring = dir.resolve("ring");
    }

    @Test
    void cProducesAloneAndJavaConsumes() throws Exception {
        try (RingFile file = RingFile.create(ring, new RingKind.OneToOneRecords(CAPACITY))) {
            Process producer = start("one", "produce", COUNT);
            consume(new OneToOneConsumer(file.memory()), COUNT, false);
            finish(producer);
        }
    }

    @Test
    void javaProducesAloneAndCConsumes() throws Exception {
        try (RingFile file = RingFile.create(ring, new RingKind.OneToOneRecords(CAPACITY))) {
            Process consumer = start("one", "consume", COUNT);
            produce(new OneToOneProducer(file.memory()), false, consumer);
            finish(consumer);
        }
    }

    @Test
    void twoInCAndOneInJavaProduceAndJavaConsumes() throws Exception {
        try (RingFile file = RingFile.create(ring, new RingKind.ManyToOneRecords(CAPACITY))) {
            Process one = start("many", "produce", COUNT);
            Process two = start("many", "produce", COUNT);
            Thread mine = producing(file.memory(), one);
            consume(new ManyToOneConsumer(file.memory()), 3 * (COUNT - ABORTED), true);
            mine.join();
            finish(one);
            finish(two);
        }
    }

    @Test
    void oneInCAndOneInJavaProduceAndCConsumes() throws Exception {
        try (RingFile file = RingFile.create(ring, new RingKind.ManyToOneRecords(CAPACITY))) {
            Process consumer = start("many", "consume", 2 * (COUNT - ABORTED));
            Process producer = start("many", "produce", COUNT);
            producing(file.memory(), consumer).join();
            finish(producer);
            finish(consumer);
        }
    }

    private static Thread producing(Cstruct memory, Process peer) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            long pid = ProcessHandle.current().pid();
                            try (var producer = ManyToOneProducer.attach(memory, pid)) {
                                produce(producer, true, peer);
                            }
                        });
    }

    private static void produce(RecordProducer producer, boolean aborts, Process peer) {
        Cstruct memory = producer.memory();
        for (long i = 1; i <= COUNT; i++) {
            int length = length(i);
            int off;
            while ((off = producer.claim(length)) == RecordProducer.NONE) {
                assertThat(producer.fault()).isNull();
                if (!peer.isAlive() && peer.exitValue() != 0) {
                    throw new AssertionError("the peer ended with " + peer.exitValue());
                }
                Thread.yield();
            }
            memory.putU64le(off, i);
            memory.sub(off + 8, length - 8).fill((int) i & 0x7f);
            if (aborts && i % 5 == 0) {
                producer.abort();
            } else {
                producer.commit();
            }
        }
    }

    private static void consume(RecordConsumer consumer, int count, boolean aborts) {
        Map<Integer, Long> last = new HashMap<>();
        RecordHandler check =
                (memory, off, length) -> {
                    int producer = memory.u8(off - 3);
                    long before = last.getOrDefault(producer, 0L);
                    long next = before + (aborts && before % 5 == 4 ? 2 : 1);
                    long i = memory.u64le(off);
                    if (i != next || length != length(i)) {
                        throw new AssertionError(
                                "record %d of %d octets came instead of %d"
                                        .formatted(i, length, next));
                    }
                    for (int at = 8; at < length; at++) {
                        if (memory.u8(off + at) != (i & 0x7f)) {
                            throw new AssertionError("octet " + at + " of record " + i);
                        }
                    }
                    last.put(producer, i);
                };
        for (int done = 0; done < count; ) {
            int n = consumer.drain(check, 64);
            done += n;
            if (n == 0) {
                assertThat(consumer.fault()).isNull();
                Thread.yield();
            }
        }
    }

    private static int length(long i) {
        return (int) (8 + i % 33);
    }

    private Process start(String kind, String end, int count) throws IOException {
        return Programs.start(
                List.of(records.toString(), kind, end, ring.toString(), Integer.toString(count)));
    }

    private static void finish(Process process) throws IOException, InterruptedException {
        assertThat(Programs.finish(process)).endsWith(" done\n");
    }
}
