// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Engine;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// The README's sample: it compiles, and on a JVM it says that there is no board.
class SampleTest {
    @Test
    void theSampleNeedsABoard() {
        assertThatThrownBy(() -> serve(new Silence())).hasMessageStartingWith("no board");
    }

    private static void serve(Engine engine) throws IOException {
        Machine machine = Machine.current();
        BoardNetDevice nic = machine.network("service0");
        BlockDevice disk = machine.block("storage");
        while (true) {
            for (Cstruct frame; (frame = nic.poll()) != null; )
                engine.receive(frame, machine.clock().nanoTime());
            nic.await(engine.nextDeadline()); // a thread, virtual or not, sleeps; others go on
        }
    }

    private static final class Silence implements Engine {
        @Override
        public void receive(Cstruct frame, long nowNanos) {}

        @Override
        public void advance(long nowNanos) {}

        @Override
        public int transmit(Cstruct slot, long nowNanos) {
            return 0;
        }

        @Override
        public long nextDeadline() {
            return NEVER;
        }
    }
}
