// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TimersTest {
    @Property(tries = 200)
    void theyExpireInTheirOrderHoweverTheyAreSetMovedAndCancelled(@ForAll long seed) {
        var random = new Random(seed);
        var timers = new Timers();
        List<Timers.Timer> all = new ArrayList<>();
        long[] model = new long[40];
        List<Long> fired = new ArrayList<>();
        for (int i = 0; i < model.length; i++) {
            int index = i;
            model[i] = Engine.NEVER;
            all.add(
                    timers.timer(
                            _ -> {
                                fired.add(model[index]);
                                model[index] = Engine.NEVER;
                            }));
        }
        long now = 0;
        for (int step = 0; step < 300; step++) {
            int index = random.nextInt(model.length);
            switch (random.nextInt(4)) {
                case 0 -> {
                    all.get(index).cancel();
                    model[index] = Engine.NEVER;
                }
                case 1 -> {
                    now += random.nextInt(50);
                    fired.clear();
                    timers.advance(now);
                    assertThat(fired).isSorted();
                    for (long deadline : model) {
                        assertThat(deadline).isGreaterThan(now);
                    }
                }
                default -> {
                    long deadline = now + random.nextInt(200);
                    all.get(index).set(deadline);
                    model[index] = deadline;
                }
            }
            assertThat(timers.nextDeadline()).isEqualTo(least(model));
        }
    }

    private static long least(long[] deadlines) {
        long least = Engine.NEVER;
        for (long deadline : deadlines) {
            least = Math.min(least, deadline);
        }
        return least;
    }

    @Test
    void aTimerThatIsSetAgainForNowWaitsForTheNextCall() {
        var timers = new Timers();
        List<Long> fired = new ArrayList<>();
        Timers.Timer[] timer = new Timers.Timer[1];
        timer[0] =
                timers.timer(
                        now -> {
                            fired.add(now);
                            timer[0].set(now);
                        });
        timer[0].set(5);
        timers.advance(10);
        assertThat(fired).containsExactly(10L);
        timers.advance(11);
        assertThat(fired).containsExactly(10L, 11L);
    }
}
