// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// How a letter joins its neighbours in a cursive script: Unicode's `Joining_Type`, as far as the
/// joiner rules ask for it.
enum Joining {
    NONE(0),
    DUAL(1),
    LEFT(2),
    RIGHT(3),
    TRANSPARENT(4);

    private static final Joining[] BY_NUMBER = values();

    private final int number;

    Joining(int number) {
        this.number = number;
    }

    /// The place in this list.
    int number() {
        return number;
    }

    static Joining of(int number) {
        return BY_NUMBER[number];
    }
}
