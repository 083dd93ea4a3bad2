// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

/// What comes of reading a message: its value, or why there is none.
public sealed interface Decoded<T> {
    record Whole<T>(T value) implements Decoded<T> {}

    record Refused<T>(Verdict verdict) implements Decoded<T> {}

    static <T> Decoded<T> of(T value) {
        return new Whole<>(value);
    }

    static <T> Decoded<T> refused(Verdict verdict) {
        return new Refused<>(verdict);
    }

    /// [Verdict#OK] if there is a value.
    default Verdict verdict() {
        return switch (this) {
            case Whole<T> _ -> Verdict.OK;
            case Refused<T>(Verdict verdict) -> verdict;
        };
    }

    /// The value of octets that the program's author wrote.
    ///
    /// @throws IllegalArgumentException if there is none
    default T orThrow() {
        return switch (this) {
            case Whole<T>(T value) -> value;
            case Refused<T>(Verdict verdict) -> throw new IllegalArgumentException("" + verdict);
        };
    }
}
