// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// Ties threads to processors (`sched_setaffinity`, Linux).
final class Processors {
    private static final int MASK_OCTETS = 128;

    /// The processors that this thread may run on.
    static List<Integer> allowed() throws Throwable {
        List<Integer> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_OCTETS, Long.BYTES);
            call("sched_getaffinity", mask);
            for (int cpu = 0; cpu < MASK_OCTETS * 8; cpu++) {
                if ((mask.get(ValueLayout.JAVA_BYTE, cpu / 8) >> (cpu % 8) & 1) != 0) {
                    found.add(cpu);
                }
            }
        }
        return found;
    }

    /// Ties the calling thread, which must not be a virtual one, to these processors.
    static void pin(List<Integer> cpus) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_OCTETS, Long.BYTES);
            for (int cpu : cpus) {
                byte octet = mask.get(ValueLayout.JAVA_BYTE, cpu / 8);
                mask.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (octet | 1 << (cpu % 8)));
            }
            call("sched_setaffinity", mask);
        }
    }

    private static void call(String name, MemorySegment mask) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol =
                linker.defaultLookup()
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new SkippedException(
                                                "threads can not be pinned: no " + name));
        MethodHandle function =
                linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS));
        int status = (int) function.invokeExact(0, (long) MASK_OCTETS, mask);
        if (status < 0) {
            throw new SkippedException("threads can not be pinned: " + name + " failed");
        }
    }

    private Processors() {}
}
