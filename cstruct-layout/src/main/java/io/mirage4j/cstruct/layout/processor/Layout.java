// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;
import java.util.Optional;

import javax.lang.model.element.TypeElement;

/// A layout that is right: every field has a place.
///
/// @param size of the fixed part, which is all if there is no tail
/// @param alignment where a C compiler would let it begin
/// @param atomicAlignment where it must begin for its atomic fields to work
record Layout(
        TypeElement element,
        TypeName name,
        List<Placed> fields,
        boolean union,
        int size,
        int alignment,
        int atomicAlignment) {

    /// A field in its place.
    record Placed(Field field, Place place) {
        String name() {
            return field.name();
        }
    }

    Optional<Placed> tail() {
        return fields.stream().filter(placed -> placed.field().isTail()).findFirst();
    }

    /// The tail, if a field tells its length.
    Optional<Placed> countedTail() {
        return tail().filter(
                        placed -> placed.field().extent() instanceof Extent.Tail t && !t.open());
    }

    Placed named(String field) {
        return fields.stream()
                .filter(placed -> placed.name().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + field + " in " + name));
    }

    /// Tells whether validate looks at more than the size.
    boolean hasChecks() {
        return !union && fields.stream().anyMatch(placed -> isChecked(placed.field()));
    }

    static boolean isChecked(Field field) {
        return field.constant().isPresent()
                || field.range().isPresent()
                || (field.extent() instanceof Extent.Tail tail && !tail.open())
                || (!field.reserved()
                        && field.shape() instanceof Shape.Nested(Layout layout)
                        && layout.hasChecks());
    }

    boolean hasConstants() {
        return !union && fields.stream().anyMatch(placed -> isConstant(placed.field()));
    }

    static boolean isConstant(Field field) {
        return field.constant().isPresent()
                || (!field.reserved()
                        && !field.isTail()
                        && field.shape() instanceof Shape.Nested(Layout layout)
                        && layout.hasConstants());
    }
}
