// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.lang.foreign.Arena;

/// What a window of a test stands on. The `INSIDE` ones begin at an odd place, with other octets
/// around them that nothing may touch or read.
public enum Ground {
    HEAP,
    HEAP_INSIDE,
    NATIVE,
    NATIVE_INSIDE,
    ETERNAL,
    ETERNAL_INSIDE;

    private static final int BEFORE = 3;
    private static final int AFTER = 5;

    /// A window with these octets.
    public Cstruct window(byte... octets) {
        Cstruct window = zeros(octets.length);
        window.put(0, octets);
        return window;
    }

    /// A window of `length` zeros.
    public Cstruct zeros(int length) {
        return switch (this) {
            case HEAP -> Cstruct.create(length);
            case NATIVE -> Cstruct.allocate(Arena.ofAuto(), length, 1);
            case HEAP_INSIDE -> inside(Cstruct.create(BEFORE + length + AFTER), length);
            case NATIVE_INSIDE ->
                    inside(Cstruct.allocate(Arena.ofAuto(), BEFORE + length + AFTER, 1), length);
            case ETERNAL -> Cstruct.allocate(length, 1);
            case ETERNAL_INSIDE -> inside(Cstruct.allocate(BEFORE + length + AFTER, 1), length);
        };
    }

    private static Cstruct inside(Cstruct outer, int length) {
        outer.fill(0xaa);
        Cstruct window = outer.sub(BEFORE, length);
        window.fill(0);
        return window;
    }
}
