// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import javax.lang.model.element.ExecutableElement;

/// One field as it is declared, before it has a place.
///
/// @param reserved the method returns nothing, so the octets are there and nobody reads them
/// @param align what `@Align` says, 1 without it
record Field(
        ExecutableElement element,
        String name,
        Shape shape,
        Extent extent,
        Order order,
        boolean reserved,
        boolean atomic,
        Optional<Codes> codes,
        int align,
        OptionalInt at,
        Optional<BitGroup> group,
        OptionalLong constant,
        Optional<Interval> range) {

    Fault fault(String message) {
        return new Fault(element, message);
    }

    boolean isBits() {
        return shape instanceof Shape.BitField;
    }

    boolean isTail() {
        return extent instanceof Extent.Tail;
    }
}
