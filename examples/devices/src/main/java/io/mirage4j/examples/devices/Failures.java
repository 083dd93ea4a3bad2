// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.unikernel.Board;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The ways in which a program can fail; what a board makes of each is what is tried.
final class Failures {
    private static final int MEGABYTE = 1 << 20;

    static int nullPointer(@Nullable Object nothing) {
        @SuppressWarnings("NullAway") // on purpose
        int hash = nothing.hashCode();
        return hash;
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose
    static int stackOverflow(int depth) {
        return stackOverflow(depth + 1) + 1;
    }

    /// Fills the heap, and goes on once it was told that it is full.
    static int outOfMemory(Board board) {
        List<byte[]> all = new ArrayList<>();
        try {
            while (true) {
                all.add(new byte[MEGABYTE]);
            }
        } catch (OutOfMemoryError e) {
            int megabytes = all.size();
            all.clear();
            board.console().println("out of memory: " + (megabytes > 0 ? "caught" : "at once"));
        }
        return new byte[MEGABYTE].length == MEGABYTE ? 0 : 1;
    }

    static int uncaught() {
        return Integer.parseInt("on purpose");
    }

    static int missingNative() {
        return nobodyHasThis();
    }

    private static native int nobodyHasThis();

    private Failures() {}
}
