// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.contract.FlowContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;

class MemoryFlowTest {
    @Nested
    class OfASmallCapacity extends FlowContract {
        @Override
        protected Ends open() {
            return pair(128);
        }

        @Override
        protected int plenty() {
            return 100_003;
        }
    }

    @Nested
    class OfAnOddCapacity extends FlowContract {
        @Override
        protected Ends open() {
            return pair(1009);
        }

        @Override
        protected int plenty() {
            return 1_000_003;
        }
    }

    @Nested
    class OfTheUsualCapacity extends FlowContract {
        @Override
        protected Ends open() {
            return pair(MemoryNetwork.FLOW_OCTETS);
        }
    }

    @Test
    void oneOctetAtATimeWillDo() throws Exception {
        MemoryFlow.Pair pair = MemoryFlow.pair(1);
        var writer =
                Thread.startVirtualThread(
                        () -> {
                            try (var left = pair.left()) {
                                left.write(ReadOnlyCstruct.of("one by one"));
                            } catch (IOException e) {
                                pair.left().abort();
                            }
                        });
        var text = new StringBuilder();
        Cstruct buf = Cstruct.create(10);
        while (pair.right().read(buf) == 1) {
            text.append((char) buf.u8(0));
        }
        writer.join();
        assertThat(text).hasToString("one by one");
    }

    @Test
    void aCapacityBelowOneIsRefused() {
        assertThatThrownBy(() -> MemoryFlow.pair(0)).hasMessage("capacity 0 < 1");
    }

    private static FlowContract.Ends pair(int capacity) {
        MemoryFlow.Pair pair = MemoryFlow.pair(capacity);
        return new FlowContract.Ends(pair.left(), pair.right());
    }
}
