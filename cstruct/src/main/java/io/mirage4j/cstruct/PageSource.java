// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.foreign.Arena;

/// Where a [PagePool] gets its memory from.
@FunctionalInterface
public interface PageSource {
    /// Memory, and how to give it back.
    record Region(Cstruct memory, Runnable free) {}

    /// Native memory of `octets` octets, its first at a multiple of [PagePool#PAGE].
    Region allocate(int octets);

    /// Memory that lives and dies with `arena`.
    static PageSource of(Arena arena) {
        return octets -> new Region(Cstruct.allocate(arena, octets, PagePool.PAGE), () -> {});
    }
}
