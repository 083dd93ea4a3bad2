// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/// Turns this process into another program: the JVM is gone, its descriptors are not.
public final class Exec {
    /// Does not return.
    ///
    /// @throws IOException if the program can not be run
    public static void replace(List<String> command) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            List<String> environment =
                    System.getenv().entrySet().stream()
                            .map((Map.Entry<String, String> e) -> e.getKey() + "=" + e.getValue())
                            .toList();
            long result =
                    new Linux()
                            .call(
                                    Syscall.EXECVE,
                                    arena.allocateFrom(command.get(0)).address(),
                                    pointers(arena, command).address(),
                                    pointers(arena, environment).address());
            Linux.orThrow(command.get(0), result);
        }
    }

    /// The texts as C has them, with a null pointer behind the last.
    private static MemorySegment pointers(Arena arena, List<String> texts) {
        MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return pointers;
    }

    private Exec() {}
}
