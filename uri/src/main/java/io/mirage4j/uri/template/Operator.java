// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.template;

import io.mirage4j.uri.PercentSet;

/// What the character behind the opening brace says (the table of RFC 6570, appendix A).
enum Operator {
    SIMPLE("", ",", false, "", false),
    RESERVED("", ",", false, "", true),
    FRAGMENT("#", ",", false, "", true),
    LABEL(".", ".", false, "", false),
    PATH("/", "/", false, "", false),
    PARAMETERS(";", ";", true, "", false),
    QUERY("?", "&", true, "=", false),
    CONTINUATION("&", "&", true, "=", false);

    private static final PercentSet RESERVED_SET =
            PercentSet.UNRESERVED.with(":/?#[]@").with("!$&'()*+,;=");

    /// Stands before the first variable that is defined.
    final String first;

    /// Stands before each further one.
    final String separator;

    /// Whether the name of the variable is written too.
    final boolean isNamed;

    /// What follows a name if the value is empty.
    final String ifEmpty;

    /// Whether reserved characters, and escapes in values, stay as they are.
    final boolean keepsReserved;

    Operator(
            String first,
            String separator,
            boolean isNamed,
            String ifEmpty,
            boolean keepsReserved) {
        this.first = first;
        this.separator = separator;
        this.isNamed = isNamed;
        this.ifEmpty = ifEmpty;
        this.keepsReserved = keepsReserved;
    }

    /// The operator of an expression that begins with `c`, which is [#SIMPLE] if `c` is none.
    static Operator of(int c) {
        return switch (c) {
            case '+' -> RESERVED;
            case '#' -> FRAGMENT;
            case '.' -> LABEL;
            case '/' -> PATH;
            case ';' -> PARAMETERS;
            case '?' -> QUERY;
            case '&' -> CONTINUATION;
            default -> SIMPLE;
        };
    }

    /// The characters of a value that stay as they are.
    PercentSet set() {
        return keepsReserved ? RESERVED_SET : PercentSet.UNRESERVED;
    }

    String encode(String value) {
        return keepsReserved ? encodeAroundEscapes(value) : PercentSet.UNRESERVED.encode(value);
    }

    /// Writes a literal, in which an escape is an escape.
    static String encodeAroundEscapes(String text) {
        var out = new StringBuilder(text.length() + 16);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!PercentSet.isEscape(text, i)) continue;
            out.append(RESERVED_SET.encode(text.substring(start, i))).append(text, i, i + 3);
            start = i + 3;
            i += 2;
        }
        return out.append(RESERVED_SET.encode(text.substring(start))).toString();
    }
}
