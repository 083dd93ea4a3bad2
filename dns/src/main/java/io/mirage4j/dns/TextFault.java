// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// Why a text means nothing: thrown from the depth of a form to the reader of the entry, which
/// makes a value of it. It has no stack trace, and so costs little.
final class TextFault extends Exception {
    private static final long serialVersionUID = 1;

    /// For faults that concern an entry as a whole.
    static final int NOWHERE = -1;

    private final int at;

    TextFault(String reason, int at) {
        super(reason, null, false, false);
        this.at = at;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /// The index into the text, or [#NOWHERE].
    int at() {
        return at;
    }
}
