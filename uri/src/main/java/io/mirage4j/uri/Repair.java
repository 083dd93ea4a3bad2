// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// One thing that lenient parsing did, to the `length` characters from `position` on in the
/// original text.
public record Repair(Kind kind, Component component, int position, int length) {

    /// The kinds of repairs.
    public enum Kind {
        /// White space around the text, or a line break or tab within it, was left out.
        WHITE_SPACE,
        /// The brackets of `<…>`, or of `<URL:…>`, around the text were left out.
        DELIMITERS,
        /// `\` in a scheme of the web was read as `/`.
        BACKSLASH,
        /// `./` was put before a first segment with a colon in it.
        COLON,
        /// A character was escaped that the component may not hold as it is.
        CHARACTER,
        /// A character beyond ASCII was escaped.
        NOT_ASCII,
        /// A `%` without two hexadecimal digits behind it was escaped.
        ESCAPE,
        /// The `%` before a zone was escaped, as RFC 6874 wants it.
        ZONE
    }
}
