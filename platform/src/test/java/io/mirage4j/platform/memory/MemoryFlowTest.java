// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.contract.FlowContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryFlowTest {
    @Nested
    class OfOneOctet extends FlowContract {
        @Override
        protected Ends open() {
            return pair(1);
        }
    }

    @Nested
    class OfAnOddCapacity extends FlowContract {
        @Override
        protected Ends open() {
            return pair(1009);
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
    void aCapacityBelowOneIsRefused() {
        assertThatThrownBy(() -> MemoryFlow.pair(0)).hasMessage("capacity 0 < 1");
    }

    private static FlowContract.Ends pair(int capacity) {
        MemoryFlow.Pair pair = MemoryFlow.pair(capacity);
        return new FlowContract.Ends(pair.left(), pair.right());
    }
}
