// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RequestIdsTest {
    @Property
    void everyAnswerFindsTheOneWhoAsked(
            @ForAll @IntRange(min = 1, max = 20) int capacity, @ForAll long seed) {
        Random random = new Random(seed);
        RequestIds<String> ids = new RequestIds<>(capacity);
        Map<Integer, String> model = new HashMap<>();
        for (int step = 0; step < 200; step++) {
            if (random.nextBoolean()) {
                int id = ids.allocate("request " + step);
                assertThat(id == RequestIds.NONE).isEqualTo(model.size() == capacity);
                if (id != RequestIds.NONE) {
                    assertThat(id).isBetween(0, capacity - 1);
                    assertThat(model.put(id, "request " + step)).isNull();
                }
            } else {
                int id = random.nextInt(capacity);
                assertThat(ids.complete(id)).isEqualTo(model.remove(id));
            }
            assertThat(ids.inFlight()).isEqualTo(model.size());
        }
    }

    @Test
    void anIdThatIsNotInFlightFindsNobody() {
        RequestIds<String> ids = new RequestIds<>(2);
        int id = ids.allocate("a");
        assertThat(ids.complete(-1)).isNull();
        assertThat(ids.complete(2)).isNull();
        assertThat(ids.complete(id + (1L << 32))).isNull();
        assertThat(ids.complete(Long.MIN_VALUE)).isNull();
        assertThat(ids.complete(id)).isEqualTo("a");
        assertThat(ids.complete(id)).as("answered twice").isNull();
        assertThat(ids.inFlight()).isZero();
    }

    @Test
    void whoStillWaitsIsHandedOverAtTheEnd() {
        RequestIds<String> ids = new RequestIds<>(3);
        ids.allocate("a");
        int b = ids.allocate("b");
        ids.allocate("c");
        ids.complete(b);
        List<String> left = new ArrayList<>();
        ids.drain(left::add);
        assertThat(left).containsExactlyInAnyOrder("a", "c");
        assertThat(ids.inFlight()).isZero();
        assertThat(ids.allocate("d")).isNotEqualTo(RequestIds.NONE);
    }

    @Test
    void thereAreNoIdsWithoutCapacity() {
        assertThatThrownBy(() -> new RequestIds<String>(0)).hasMessage("capacity 0 < 1");
    }
}
