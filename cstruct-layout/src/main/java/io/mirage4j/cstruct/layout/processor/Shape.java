// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// What one element of a field is.
sealed interface Shape {
    record Numeric(Scalar scalar) implements Shape {}

    /// `flag`: one bit that is read as a boolean.
    record BitField(int width, boolean signed, boolean flag) implements Shape {}

    /// A window on so many octets.
    record Window(int octets) implements Shape {}

    /// Octets as many as the tail has.
    record OctetRun() implements Shape {}

    record Nested(Layout layout) implements Shape {}

    /// Bits are measured by their group.
    default int octets() {
        return switch (this) {
            case Numeric(Scalar scalar) -> scalar.octets();
            case BitField bits -> 0;
            case Window(int octets) -> octets;
            case OctetRun run -> 1;
            case Nested(Layout layout) -> layout.size();
        };
    }

    /// What a C compiler aligns it to.
    default int alignment() {
        return switch (this) {
            case Numeric(Scalar scalar) -> scalar.alignment();
            case Nested(Layout layout) -> layout.alignment();
            case BitField bits -> 1;
            case Window window -> 1;
            case OctetRun run -> 1;
        };
    }

    /// The width in bits of a whole number, 0 for anything else.
    default int integerBits() {
        return switch (this) {
            case Numeric(Scalar scalar) -> scalar.floating() ? 0 : scalar.bits();
            case BitField bits -> bits.flag() ? 0 : bits.width();
            case Window window -> 0;
            case OctetRun run -> 0;
            case Nested nested -> 0;
        };
    }

    default boolean signed() {
        return switch (this) {
            case Numeric(Scalar scalar) -> scalar.signed();
            case BitField bits -> bits.signed();
            case Window window -> false;
            case OctetRun run -> false;
            case Nested nested -> false;
        };
    }
}
