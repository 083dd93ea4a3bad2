// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// How a letter joins its neighbours in a cursive script: Unicode's `Joining_Type`, as far as the
/// joiner rules ask for it.
enum Joining {
    NONE,
    DUAL,
    LEFT,
    RIGHT,
    TRANSPARENT;

    private static final Joining[] BY_NUMBER = values();

    static Joining of(int number) {
        return BY_NUMBER[number];
    }
}
