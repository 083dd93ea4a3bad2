// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// How many elements a field has.
sealed interface Extent {
    record One() implements Extent {}

    record Fixed(int count) implements Extent {}

    /// As many as `lengthField * times + plus`, in octets or in elements; as many as there are if
    /// `lengthField` is empty.
    record Tail(String lengthField, boolean inOctets, int times, int plus) implements Extent {
        boolean open() {
            return lengthField.isEmpty();
        }
    }

    default boolean isArray() {
        return !(this instanceof One);
    }

    /// How many elements the fixed part of a layout has of it.
    default int fixedCount() {
        return switch (this) {
            case One one -> 1;
            case Fixed(int count) -> count;
            case Tail tail -> 0;
        };
    }
}
