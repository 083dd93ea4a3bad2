// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.BitSet;
import java.util.Random;

class HolesTest {
    /// Twin: a set of octets.
    @Property(tries = 300)
    void stretchesAreAsASetOfOctets(@ForAll Random random, @ForAll int origin) {
        var holes = new Holes();
        var twin = new BitSet();
        int next = 0;
        for (int step = 0; step < 60; step++) {
            int from = next + 1 + random.nextInt(200);
            int to = from + 1 + random.nextInt(30);
            if (random.nextInt(5) > 0) {
                holes.add(origin + from, origin + to);
                twin.set(from, to);
            } else {
                next += random.nextInt(40);
                int filled = holes.fill(origin + next) - origin;
                next =
                        twin.get(next) || next > 0 && twin.get(next - 1)
                                ? Math.max(next, endOf(twin, next))
                                : next;
                assertThat(filled).isEqualTo(next);
                twin.clear(0, next);
            }
            check(holes, twin, origin, next);
        }
    }

    private static int endOf(BitSet twin, int at) {
        return twin.get(at) ? twin.nextClearBit(at) : at;
    }

    private static void check(Holes holes, BitSet twin, int origin, int next) {
        int runs = 0;
        for (int i = twin.nextSetBit(0); i >= 0; i = twin.nextSetBit(i)) {
            int end = twin.nextClearBit(i);
            assertThat(holes.covers(origin + i, origin + end)).isTrue();
            assertThat(holes.covers(origin + i - 1, origin + end)).isFalse();
            if (runs == 0) {
                assertThat(holes.firstStart()).isEqualTo(origin + i);
            }
            i = end;
            runs++;
        }
        assertThat(holes.count()).isEqualTo(runs);
        assertThat(holes.reported()).isLessThanOrEqualTo(Math.min(runs, Holes.REPORTED));
        for (int i = 0; i < holes.reported(); i++) {
            assertThat(holes.covers(holes.reportedStart(i), holes.reportedEnd(i))).isTrue();
        }
    }
}
