// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.memory.MemoryBlockDevice;
import io.mirage4j.platform.memory.MemoryConsole;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.tender.junit.UnikernelExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The samples of the README.
class SampleTest {
    private final Path image = hello();

    @RegisterExtension
    final UnikernelExtension guest =
            UnikernelExtension.of(() -> Unikernel.of(image).arguments("hello", "you"));

    @Test
    void greets() throws Exception {
        guest.awaitConsole("hello, you", Duration.ofSeconds(10));
    }

    @Test
    void aUnikernelIsAnObject() throws Exception {
        Path image = Guests.hvt(Guests.Devices.BLOCK);
        var console = new MemoryConsole();
        BlockDevice disk = MemoryBlockDevice.create(512, 64);

        try (Unikernel guest =
                Unikernel.of(image)
                        .memoryMegabytes(32)
                        .arguments("boot", "--verbose")
                        .console(console)
                        .block("storage", disk) // or a Path; networks: .net("service0", "tap0")
                        .start()) {
            Exit exit = guest.await(); // guest.stop() ends it whatever it does
            assertThat(exit).isEqualTo(new Exit.Halted(0));
        }

        assertThat(console.text()).contains("capacity 32768", "boot --verbose");
    }

    @Test
    void aNetworkIsAnObjectToo() throws Exception {
        Path image = Guests.hvt(Guests.Devices.NETWORK);
        MemoryLink cable = MemoryLink.create(64);
        NetDevice ours = cable.right();

        try (Unikernel guest =
                Unikernel.of(image)
                        .console(new MemoryConsole())
                        .net("service0", cable.left())
                        .arguments("echo")
                        .start()) {
            Frames.areEchoed(ours, 100);
            assertThat(guest.await()).isEqualTo(new Exit.Halted(0));
        }
    }

    private static Path hello() {
        try {
            return Guests.hvt(Guests.Devices.NONE);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
