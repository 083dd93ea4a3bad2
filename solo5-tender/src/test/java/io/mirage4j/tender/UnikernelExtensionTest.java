// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tender.junit.UnikernelExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
class UnikernelExtensionTest {
    private final MemoryLink link = MemoryLink.create(64);

    @RegisterExtension
    final UnikernelExtension guest =
            UnikernelExtension.of(
                    () ->
                            Unikernel.of(image())
                                    .memoryMegabytes(16)
                                    .net("service0", link.left())
                                    .arguments("echo"));

    @Test
    void talksToTheGuestOfThisTest() throws Exception {
        guest.awaitConsole("ready\n", Duration.ofSeconds(20));
        Frames.areEchoed(link.right(), 10);
        assertThat(guest.unikernel().await()).isEqualTo(new Exit.Halted(0));
        assertThat(guest.console()).isEqualTo("ready\n");
    }

    @Test
    void whatIsNeverWrittenIsNotWaitedForLongerThanTheGuestLives() throws Exception {
        Frames.areEchoed(link.right(), 0);
        assertThatThrownBy(() -> guest.awaitConsole("no such text", Duration.ofMinutes(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ready");
    }

    @Test
    void aGuestThatStillRunsIsStoppedAfterTheTest() {
        assertThat(guest.unikernel().exit()).isEmpty();
    }

    private static Path image() {
        try {
            return Guests.hvt(Guests.Devices.NETWORK);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
