// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import java.util.List;

/// A piece of a template.
sealed interface Part {
    /// Text that stands for itself, already escaped where a URI needs it.
    record Literal(String text) implements Part {}

    /// What stands between braces.
    record Expression(Operator operator, List<Variable> variables) implements Part {}

    /// A variable with its modifier.
    ///
    /// @param maxLength how many characters of the value count, 0 for all
    /// @param isExploded whether each item of a list stands by itself (`*`)
    record Variable(String name, int maxLength, boolean isExploded) {}
}
