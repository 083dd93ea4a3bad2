// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class VirtqueueTest {
    private static final int SIZE = 8;

    private final Virtqueue queue = new Virtqueue(Arena.ofAuto(), SIZE, true);
    private final DeviceSide device = DeviceSide.of(queue);

    @Test
    void aChainArrivesAsItWasAdded() {
        queue.part(0x1000, 16, false);
        queue.part(0x2000, 512, true);
        queue.part(0x3000, 1, true);
        int request = queue.add();
        assertThat(device.hasRequest()).isFalse();
        queue.publish();
        DeviceSide.Request seen = device.next();
        assertThat(seen.id()).isEqualTo(request);
        assertThat(seen.parts().stream().map(part -> part.memory().length()))
                .containsExactly(16, 512, 1);
        assertThat(seen.parts().stream().map(DeviceSide.Part::writable))
                .containsExactly(false, true, true);
        assertThat(seen.parts().get(1).memory().asSegment().address()).isEqualTo(0x2000);
        assertThat(queue.room()).isEqualTo(SIZE - 3);
        device.give(request, 513);
        assertThat(queue.take()).isEqualTo(request);
        assertThat(queue.takenOctets()).isEqualTo(513);
        assertThat(queue.room()).isEqualTo(SIZE);
    }

    /// Against a model: requests of 1 to 4 parts are added, published, used in any order and taken,
    /// far beyond the point where the 16-bit counts wrap.
    @Property(tries = 8)
    void everyRequestComesBackOnceWhateverTheOrder(@ForAll long seed) {
        var random = new Random(seed);
        var queue = new Virtqueue(Arena.ofAuto(), 16, random.nextBoolean());
        DeviceSide device = DeviceSide.of(queue);
        Map<Integer, Integer> outside = new HashMap<>(); // name: octets that it may write
        List<DeviceSide.Request> held = new ArrayList<>();
        Map<Integer, Integer> given = new HashMap<>();
        for (int step = 0; step < 400_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    int parts = 1 + random.nextInt(4);
                    if (queue.room() >= parts) {
                        for (int i = 0; i < parts; i++) {
                            queue.part(4096, 8, i % 2 == 0);
                        }
                        assertThat(outside.put(queue.add(), (parts + 1) / 2 * 8)).isNull();
                    }
                }
                case 1 -> queue.publish();
                case 2 -> {
                    if (device.hasRequest()) {
                        held.add(device.next());
                    }
                    if (!held.isEmpty()) {
                        var one = held.remove(random.nextInt(held.size()));
                        int octets = random.nextInt(one.writableOctets() + 1);
                        given.put(one.id(), octets);
                        device.give(one.id(), octets);
                    }
                }
                default -> {
                    int request = queue.take();
                    if (request == Virtqueue.NONE) {
                        assertThat(given).isEmpty();
                    } else {
                        assertThat(queue.takenOctets()).isEqualTo(given.remove(request));
                        assertThat(outside.remove(request)).isNotNull();
                    }
                }
            }
            assertThat(queue.pending()).isEqualTo(outside.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, -1, Integer.MIN_VALUE, 65536})
    void aNameThatIsNoneBreaksTheQueue(int id) {
        request(64);
        device.give(id, 1);
        assertBroken();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void moreOctetsThanTheDeviceMightWriteBreakTheQueue(int octets) {
        device.give(request(64), octets);
        assertBroken();
    }

    @Test
    void aRequestThatNobodyMadeBreaksTheQueue() {
        int request = request(64);
        device.give((request + 1) % SIZE, 0);
        assertBroken();
    }

    @Test
    void aRequestThatIsGivenTwiceBreaksTheQueue() {
        int request = request(64);
        request(64);
        device.give(request, 1);
        device.give(request, 1);
        assertThat(queue.take()).isEqualTo(request);
        assertBroken();
    }

    @Test
    void aRequestThatIsStillBeingMadeBreaksTheQueue() {
        int published = request(64);
        queue.part(4096, 64, true); // takes the next free descriptor
        device.give((published + 1) % SIZE, 0);
        assertBroken();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 0x8000, 0xffff})
    void aCountBeyondWhatThereIsBreaksTheQueue(int count) {
        request(64);
        device.claim(count);
        assertBroken();
    }

    private void assertBroken() {
        assertThat(queue.take()).isEqualTo(Virtqueue.BROKEN);
        assertThat(queue.take()).isEqualTo(Virtqueue.BROKEN);
        assertThat(queue.room()).isZero();
        assertThat(queue.awaitNext()).as("nobody sleeps over it").isTrue();
        assertThatThrownBy(() -> queue.part(0, 1, true)).isInstanceOf(IllegalStateException.class);
    }

    /// Random octets over the whole of what the device may reach.
    @Property(tries = 300)
    void noiseNeverThrowsNorGivesARequestTwice(@ForAll long seed) {
        var random = new Random(seed);
        var queue = new Virtqueue(Arena.ofAuto(), SIZE, random.nextBoolean());
        for (int round = 0; round < 50; round++) {
            int before = queue.pending();
            while (queue.room() > 1 && random.nextBoolean()) {
                queue.part(4096, 64, true);
                queue.part(4096, 64, random.nextBoolean());
                queue.add();
                before++;
            }
            queue.publish();
            for (var ring : List.of(queue.used(), queue.descriptors(), queue.available())) {
                int octets = random.nextInt(ring.length());
                ring.putU8(octets, random.nextInt(4) == 0 ? random.nextInt(256) : ring.u8(octets));
            }
            int taken = 0;
            while (queue.take() >= 0) {
                assertThat(queue.takenOctets()).isBetween(0, 128);
                taken++;
            }
            assertThat(taken).isLessThanOrEqualTo(before);
            queue.awaitNext();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, true",
        "0, 3, true",
        "2, 3, true",
        "3, 3, false",
        "5, 3, false",
        "65535, 2, false"
    })
    void theDeviceIsNotifiedWhenTheRequestThatItWaitsForComes(int event, int count, boolean told) {
        device.notifyAfter(event);
        for (int i = 0; i < count; i++) {
            queue.part(4096, 1, true);
            queue.add();
        }
        assertThat(queue.publish()).isEqualTo(told);
        assertThat(queue.publish()).as("nothing new").isFalse();
    }

    @Test
    void withoutEventIndexesFlagsTell() {
        var plain = new Virtqueue(Arena.ofAuto(), SIZE, false);
        DeviceSide other = DeviceSide.of(plain);
        plain.part(4096, 1, true);
        plain.add();
        assertThat(plain.publish()).isTrue();
        other.flags(1);
        plain.part(4096, 1, true);
        plain.add();
        assertThat(plain.publish()).isFalse();
        plain.awaitNothing();
        assertThat(other.driverFlags()).isEqualTo(1);
        assertThat(plain.awaitNext()).isFalse();
        assertThat(other.driverFlags()).isZero();
    }

    @Property
    void whoWaitsIsToldOfWhatIsThereAlready(@ForAll @IntRange(min = 0, max = 7) int given) {
        var queue = new Virtqueue(Arena.ofAuto(), SIZE, true);
        DeviceSide device = DeviceSide.of(queue);
        for (int i = 0; i < given; i++) {
            queue.part(4096, 1, true);
            device.give(queue.add(), 0);
        }
        queue.publish();
        assertThat(queue.awaitNext()).isEqualTo(given > 0);
        while (queue.take() >= 0) {}
        assertThat(queue.awaitNext()).isFalse();
        assertThat(device.usedEvent()).isEqualTo(given);
    }

    @Test
    void sizesThatAreNoPowersOfTwoAreRefused() {
        for (int size : new int[] {-8, 0, 1, 3, 65536}) {
            assertThatThrownBy(() -> new Virtqueue(Arena.ofAuto(), size, true))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private int request(int octets) {
        queue.part(4096, octets, true);
        int request = queue.add();
        queue.publish();
        return request;
    }
}
