// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// Why something is no domain name. UTS #46 numbers its rules; in brackets is the status code that
/// its test file gives for the rule.
public enum IdnaError {
    /// A code point that may not be in a name at all, or not in this form (`V7`).
    DISALLOWED_CODE_POINT("a code point that is not allowed in domain names"),
    /// An ASCII character other than letters, digits and hyphens, under [Idna.Check#STD3_ASCII]
    /// (`U1`).
    NOT_LETTER_DIGIT_HYPHEN("an ASCII character other than letters, digits and hyphens"),
    /// What stands behind `xn--` is not punycode, or stands for a label in ASCII (`P4`).
    INVALID_PUNYCODE("a label of invalid punycode"),
    /// What the punycode stands for is not in Unicode's normalisation form C (`V1`).
    NOT_NORMALIZED("punycode for a label that is not in NFC"),
    /// Hyphens as third and fourth character, under [Idna.Check#HYPHENS] (`V2`).
    HYPHENS_IN_THIRD_AND_FOURTH("a label with hyphens as third and fourth character"),
    /// A hyphen at the start or the end, under [Idna.Check#HYPHENS] (`V3`).
    HYPHEN_AT_EDGE("a label that begins or ends with a hyphen"),
    /// Punycode for a label that begins with `xn--` once more (`V4`).
    DOUBLE_PUNYCODE("punycode for a label that begins with xn--"),
    /// A combining mark with nothing to combine with (`V6`).
    LEADING_MARK("a label that begins with a combining mark"),
    /// A zero-width joiner or non-joiner where it has no effect (RFC 5892, A.1 and A.2) (`C1`,
    /// `C2`).
    JOINER_OUT_OF_CONTEXT("a zero-width joiner or non-joiner where none may be"),
    /// A label of a name with right-to-left characters that breaks the Bidi rule (RFC 5893, 2)
    /// (`B1` to `B6`).
    BIDI_RULE("a label that mixes writing directions against the Bidi rule"),
    /// Nothing between two dots, or before or behind the only one, under [Idna.Check#DNS_LENGTH]
    /// (`X4_2`, `A4_2`).
    EMPTY_LABEL("an empty label"),
    /// More than 63 octets in a label, under [Idna.Check#DNS_LENGTH] (`A4_2`).
    LABEL_TOO_LONG("a label of more than 63 octets"),
    /// More than 253 octets in the name, under [Idna.Check#DNS_LENGTH] (`A4_1`).
    NAME_TOO_LONG("a name of more than 253 octets");

    private final String description;

    IdnaError(String description) {
        this.description = description;
    }

    /// What is wrong, in words that follow "found" or "because of".
    public String description() {
        return description;
    }
}
