// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;

import javax.lang.model.element.TypeElement;

/// A `@Codes` interface: an enum of known numbers, a record for all others.
///
/// @param wide whether a number is a `long`
record Codes(
        TypeElement element,
        TypeName name,
        TypeName known,
        TypeName unknown,
        String component,
        boolean wide,
        List<Constant> constants) {
    record Constant(String name, long code) {}

    TypeName made() {
        return name.made("Codes");
    }

    String codeType() {
        return wide ? "long" : "int";
    }
}
