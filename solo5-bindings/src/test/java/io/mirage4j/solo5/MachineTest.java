// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;

class MachineTest {
    private final MemoryBoard memory = new MemoryBoard().port("service0").disk("storage", 16);
    private final Machine board = new Machine(memory);

    @Test
    void thereIsNoBoardOnAJvm() {
        assertThat(Machine.isPresent()).isFalse();
        assertThatThrownBy(Machine::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no board: this runs on a JVM");
    }

    @Test
    void devicesAreThoseOfTheManifestInItsOrder() {
        assertThat(board.devices())
                .containsExactly(
                        new DeclaredDevice("service0", DeclaredDevice.Type.NETWORK),
                        new DeclaredDevice("storage", DeclaredDevice.Type.BLOCK));
    }

    @Test
    void aDeviceIsAcquiredOnce() {
        board.network("service0");
        assertThatThrownBy(() -> board.network("service0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("device service0 was acquired before");
    }

    @Test
    void aDeviceThatIsNotDeclaredIsRefused() {
        assertThatThrownBy(() -> board.network("storage"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the manifest has no NETWORK device storage; it has [");
        assertThatThrownBy(() -> board.block("disk")).hasMessageContaining("BLOCK device disk");
    }

    @Test
    void aDeviceWithNothingBehindItIsRefusedAndMayBeTriedAgain() {
        memory.unattached = true;
        assertThatThrownBy(() -> board.block("storage"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("device storage is not attached");
        memory.unattached = false;
        assertThat(board.block("storage").sectors()).isEqualTo(16);
    }

    @Test
    void theConsoleTakesTextFromTheHeapAndFromNativeMemory() {
        board.console().println("grüßt");
        board.console().write(ReadOnlyCstruct.of(""));
        try (Arena arena = Arena.ofConfined()) {
            Cstruct text = Cstruct.allocate(arena, 2, 1);
            text.put(0, new byte[] {'o', 'k'});
            board.console().write(text);
        }
        assertThat(memory.console.toString()).isEqualTo("grüßt\nok");
    }

    @Test
    void awaitAnyTellsWhichDevicesCanBeRead() {
        memory.ready = 1L << 1;
        assertThat(board.awaitAny(0))
                .containsExactly(new DeclaredDevice("service0", DeclaredDevice.Type.NETWORK));
        memory.ready = 0;
        assertThat(board.awaitAny(0)).isEmpty();
    }

    @Test
    void memoryAddsUp() {
        assertThat(board.memory()).isEqualTo(new MemoryStatistics(1000, 100, 10, 500));
        assertThat(board.memory().freeOctets()).isEqualTo(890);
    }

    @Test
    void endsAreTheBoards() {
        board.exit(7);
        assertThat(memory.exitStatus).isEqualTo(7);
        board.abort();
        assertThat(memory.exitStatus).isEqualTo(255);
    }
}
