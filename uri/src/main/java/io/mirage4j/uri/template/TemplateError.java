// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

/// Why a text is no URI template.
///
/// @param position the index of the character at fault, or the length of the text if something is
///   missing at its end
/// @param message one line for a person, with the position
public record TemplateError(Cause cause, int position, String message) implements TemplateResult {

    /// The kinds of faults.
    public enum Cause {
        /// Longer than the limit that the caller set.
        TOO_LONG("the template is too long"),
        /// A character that cannot stand outside of an expression.
        LITERAL("a literal cannot have this character"),
        /// An expression without its closing brace.
        UNCLOSED("the expression is not closed"),
        /// An operator that RFC 6570 reserves for later.
        OPERATOR("this operator has no meaning yet"),
        /// Something else than the name of a variable where one has to stand.
        NAME("no name of a variable"),
        /// A modifier that is neither `*` nor `:` with a number from 1 to 9999.
        MODIFIER("no modifier: '*' or ':' with a number from 1 to 9999");

        private final String text;

        Cause(String text) {
            this.text = text;
        }
    }

    TemplateError(Cause cause, int position) {
        this(cause, position, cause.text + ", at " + position);
    }
}
