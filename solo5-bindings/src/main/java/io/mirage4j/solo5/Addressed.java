// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;

/// Octets where the board can reach them: a native window as it is, a window over a heap array,
/// which the collector may move, as a native copy that lives until this is closed.
final class Addressed implements AutoCloseable {
    private final @Nullable Arena arena;
    private final ReadOnlyCstruct octets;

    private Addressed(@Nullable Arena arena, ReadOnlyCstruct octets) {
        this.arena = arena;
        this.octets = octets;
    }

    /// The octets of `source`, for the board to read.
    static Addressed of(ReadOnlyCstruct source) {
        if (source.isNative()) return new Addressed(null, source);
        Arena arena = Arena.ofConfined();
        Cstruct copy = Cstruct.allocate(arena, source.length(), 1);
        copy.put(0, source);
        return new Addressed(arena, copy);
    }

    /// Room as long as `target`, for the board to write; [#copyTo] brings it there.
    static Addressed roomFor(Cstruct target) {
        if (target.isNative()) return new Addressed(null, target);
        Arena arena = Arena.ofConfined();
        return new Addressed(arena, Cstruct.allocate(arena, target.length(), 1));
    }

    long address() {
        return octets.asSegment().address();
    }

    void copyTo(Cstruct target) {
        if (arena != null) {
            target.put(0, octets);
        }
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
        }
    }
}
