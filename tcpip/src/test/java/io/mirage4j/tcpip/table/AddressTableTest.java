// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AddressTableTest {
    private static final int CAPACITY = 16;

    private record Entry(long high, long low, int value) {}

    /// The model is a list from the entry that goes first to the one that goes last.
    @Property(tries = 300)
    void itForgetsWhatAListInOrderOfUseWouldForget(@ForAll long seed) {
        var random = new Random(seed);
        var table = new AddressTable<Integer>(CAPACITY, random.nextLong());
        List<Entry> model = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            long high = random.nextInt(3);
            long low = random.nextInt(12);
            Entry known = find(model, high, low);
            switch (random.nextInt(4)) {
                case 0 -> {
                    assertThat(table.get(high, low)).isEqualTo(value(known));
                    if (known != null) {
                        model.remove(known);
                        model.add(known);
                    }
                }
                case 1 -> assertThat(table.peek(high, low)).isEqualTo(value(known));
                case 2 -> {
                    assertThat(table.remove(high, low)).isEqualTo(value(known));
                    model.remove(known);
                }
                default -> {
                    if (known == null) {
                        Entry evicted = model.size() == CAPACITY ? model.removeFirst() : null;
                        var entry = new Entry(high, low, step);
                        Integer actual;
                        if (random.nextBoolean()) {
                            actual = table.add(high, low, step);
                            model.add(entry);
                        } else {
                            actual = table.addOldest(high, low, step);
                            model.addFirst(entry);
                        }
                        assertThat(actual).isEqualTo(value(evicted));
                    }
                }
            }
            assertThat(table.size()).isEqualTo(model.size());
            assertThat(table.oldest())
                    .isEqualTo(model.isEmpty() ? null : (Integer) model.getFirst().value);
        }
    }

    private static Entry find(List<Entry> model, long high, long low) {
        return model.stream()
                .filter(entry -> entry.high == high && entry.low == low)
                .findFirst()
                .orElse(null);
    }

    private static Integer value(Entry entry) {
        return entry == null ? null : entry.value;
    }
}
