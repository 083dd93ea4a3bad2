// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.mirage4j.platform.memory.MemoryConsole;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Hypercalls allocate nothing, once they are compiled.
@Timeout(120)
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEW = 1_000;
    private static final int MANY = 6_000;

    /// What the measurement and a compiler thread's hand-over may take.
    private static final long NOISE_OCTETS = 10_000;

    @TempDir Path dir;

    @Test
    void clockPollAndBlockAllocateNothing() throws Exception {
        Path image = Guests.hvt(Guests.Devices.BLOCK);
        Path disk = Files.write(dir.resolve("disk"), new byte[1 << 16]);
        long more = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && more > NOISE_OCTETS; attempt++) {
            more = allocated(image, disk, MANY) - allocated(image, disk, FEW);
        }
        assertThat(more).as("%d hypercalls more", 3 * (MANY - FEW)).isLessThan(NOISE_OCTETS);
    }

    /// What a guest costs that makes so many of three hypercalls.
    private static long allocated(Path image, Path disk, int times) throws Exception {
        Unikernel.Builder builder =
                Unikernel.of(image)
                        .memoryMegabytes(16)
                        .console(new MemoryConsole())
                        .block("storage", disk)
                        .arguments("bench", String.valueOf(times));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(builder.run()).isEqualTo(new Exit.Halted(0));
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
