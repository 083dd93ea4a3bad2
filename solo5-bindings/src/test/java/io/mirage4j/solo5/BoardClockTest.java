// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.contract.ClockContract;

class BoardClockTest extends ClockContract {
    private final Machine board = new Machine(new MemoryBoard());

    @Override
    protected Clock open() {
        return board.clock();
    }
}
