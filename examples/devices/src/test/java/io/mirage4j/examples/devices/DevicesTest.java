// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryBoard;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// The commands on a board of doubles; [DevicesImageTest] has them in images.
class DevicesTest {
    private final MemoryBoard board = new MemoryBoard();

    @Test
    void sectorsAreWrittenAndReadBack() throws Exception {
        Cstruct memory = Cstruct.create(8 * 512);
        board.attach("storage", MemoryBlockDevice.over(memory, 512));
        assertThat(run("--command=block", "--count=3")).isZero();
        assertThat(board.text()).isEqualTo("block: 3 of 8 sectors of 512 ok\n");
        assertThat(memory.u8(2 * 512 + 9)).isEqualTo(Sectors.octet(2, 9));
        assertThat(memory.u8(3 * 512 + 9)).isZero();
    }

    @Test
    void threadsWakeAndGarbageGoes() throws Exception {
        assertThat(run("--command=sleepers", "--count=100")).isZero();
        assertThat(run("--command=churn", "--count=8")).isZero();
        assertThat(run("--command=turns")).isZero();
        assertThat(board.text())
                .contains("sleepers: 100 of 100 woke", "churn: 8 MB made", "turns: 4 of 4");
    }

    @Test
    void failuresFail() throws Exception {
        assertThat(run("--command=exit", "--status=42")).isEqualTo(42);
        assertThatThrownBy(() -> run("--command=null-pointer"))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> run("--command=stack-overflow"))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> run("--command=missing-native"))
                .isInstanceOf(UnsatisfiedLinkError.class);
        assertThatThrownBy(() -> run("--command=uncaught"))
                .isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> run("--command=block"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("storage");
    }

    private int run(String... words) throws Exception {
        return Devices.DECLARATION.run(board, words, Devices::run);
    }
}
