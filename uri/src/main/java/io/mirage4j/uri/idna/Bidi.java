// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// The direction that a character is written in: Unicode's `Bidi_Class`, with the classes that the
/// Bidi rule allows nowhere as one.
enum Bidi {
    L(0),
    R(1),
    AL(2),
    AN(3),
    EN(4),
    ES(5),
    CS(6),
    ET(7),
    ON(8),
    BN(9),
    NSM(10),
    OTHER(11);

    private static final Bidi[] BY_NUMBER = values();

    private final int number;

    Bidi(int number) {
        this.number = number;
    }

    /// The place in this list.
    int number() {
        return number;
    }

    static Bidi of(int number) {
        return BY_NUMBER[number];
    }

    /// The bit of this class in a set of them.
    int bit() {
        return 1 << number;
    }
}
