// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;

import javax.lang.model.element.TypeElement;

/// A layout as it is declared, before its fields have places.
///
/// @param cAlignment the largest natural alignment, 1 where fields are packed
/// @param align what `@Align` says of the whole, 1 without it
/// @param expectedSize 0 where none is told
record Declaration(
        TypeElement element,
        List<Field> fields,
        boolean union,
        int cAlignment,
        int align,
        int expectedSize) {}
