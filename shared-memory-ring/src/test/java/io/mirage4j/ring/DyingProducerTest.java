// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes that are killed between claim and commit.
@Timeout(120)
class DyingProducerTest {
    private static final RingKind KIND = new RingKind.ManyToOneRecords(1024);

    @TempDir Path dir;

    /// Commits the records 1 to 3, claims a fourth and a fifth (as two producers), and stays so.
    static final class Victim {
        public static void main(String[] args) throws Exception {
            try (RingFile file = RingFile.open(Path.of(args[0]), KIND)) {
                long pid = ProcessHandle.current().pid();
                ManyToOneProducer producer = ManyToOneProducer.attach(file.memory(), pid);
                for (int i = 1; i <= 3; i++) {
                    put(producer, i);
                }
                producer.claim(100);
                ManyToOneProducer.attach(file.memory(), pid).claim(50);
                System.out.println("claimed");
                Thread.sleep(Long.MAX_VALUE);
            }
        }

        private Victim() {}
    }

    @Test
    void theConsumerGoesOnAfterAProducerWasKilled() throws Exception {
        Path path = dir.resolve("ring");
        try (RingFile file = RingFile.create(path, KIND)) {
            Process victim = Programs.java(Victim.class, path);
            try (BufferedReader output = victim.inputReader()) {
                assertThat(output.readLine()).isEqualTo("claimed");
                ManyToOneProducer mine =
                        ManyToOneProducer.attach(file.memory(), ProcessHandle.current().pid());
                put(mine, 4);
                ManyToOneConsumer consumer = new ManyToOneConsumer(file.memory());
                List<Integer> seen = new ArrayList<>();
                RecordHandler add = (memory, off, len) -> seen.add(memory.u32le(off));
                consumer.drain(add, 99);
                assertThat(seen).containsExactly(1, 2, 3);
                assertThat(consumer.isStuck()).isTrue();
                assertThat(consumer.recover(DyingProducerTest::lives)).as("it lives").isZero();

                victim.destroyForcibly().waitFor();
                assertThat(consumer.recover(DyingProducerTest::lives)).isEqualTo(2);
                assertThat(consumer.isStuck()).isFalse();
                consumer.drain(add, 99);
                assertThat(seen).containsExactly(1, 2, 3, 4);
                for (int i = 5; i < 1000; i++) {
                    put(mine, i);
                    consumer.drain(add, 99);
                }
                assertThat(seen).hasSize(999);
                assertThat(consumer.fault()).isNull();
            } finally {
                victim.destroyForcibly();
            }
        }
    }

    @Test
    void aOneToOneRingGoesOnWithTheNextProducer() throws IOException {
        RingKind kind = new RingKind.OneToOneRecords(1024);
        try (RingFile file = RingFile.create(dir.resolve("ring"), kind)) {
            OneToOneProducer first = new OneToOneProducer(file.memory());
            put(first, 1);
            first.claim(77); // and never comes back
            OneToOneProducer second = new OneToOneProducer(file.memory());
            put(second, 2);
            List<Integer> seen = new ArrayList<>();
            new OneToOneConsumer(file.memory())
                    .drain((memory, off, len) -> seen.add(memory.u32le(off)), 99);
            assertThat(seen).containsExactly(1, 2);
        }
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    private static void put(RecordProducer producer, int value) {
        int off = producer.claim(4);
        assertThat(off).isNotEqualTo(RecordProducer.NONE);
        producer.memory().putU32le(off, value);
        producer.commit();
    }
}
