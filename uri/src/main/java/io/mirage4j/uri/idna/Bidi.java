// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// The direction that a character is written in: Unicode's `Bidi_Class`, with the classes that the
/// Bidi rule allows nowhere as one.
enum Bidi {
    L,
    R,
    AL,
    AN,
    EN,
    ES,
    CS,
    ET,
    ON,
    BN,
    NSM,
    OTHER;

    private static final Bidi[] BY_NUMBER = values();

    static Bidi of(int number) {
        return BY_NUMBER[number];
    }

    /// The bit of this class in a set of them.
    int bit() {
        return 1 << ordinal();
    }
}
