// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// The differences from a valid URL string that the URL Standard names (1.1 "Writing"). Some of
/// them end the parsing, as the [UrlError]; the others are only found by [Url#findings].
public enum ValidationError {
    DOMAIN_TO_ASCII("domain-to-ASCII", "the host is no domain name"),
    DOMAIN_PERCENT_ENCODED("domain-percent-encoded", "a domain with percent-encoded octets"),
    HOST_INVALID_CODE_POINT(
            "host-invalid-code-point", "the host has a character that no host may have"),
    IPV4_EMPTY_PART("IPv4-empty-part", "an IPv4 address that ends with a dot"),
    IPV4_TOO_FEW_PARTS("IPv4-too-few-parts", "an IPv4 address of less than four numbers"),
    IPV4_TOO_MANY_PARTS("IPv4-too-many-parts", "an IPv4 address of more than four numbers"),
    IPV4_NON_NUMERIC_PART("IPv4-non-numeric-part", "an IPv4 address with a part that is no number"),
    IPV4_NON_DECIMAL_PART(
            "IPv4-non-decimal-part", "an IPv4 address with a hexadecimal or octal number"),
    IPV4_OUT_OF_RANGE_PART(
            "IPv4-out-of-range-part", "an IPv4 address with a number that is too large"),
    IPV6_UNCLOSED("IPv6-unclosed", "an IPv6 address without its closing bracket"),
    IPV6_INVALID_COMPRESSION(
            "IPv6-invalid-compression", "an IPv6 address that begins with a single colon"),
    IPV6_TOO_MANY_PIECES("IPv6-too-many-pieces", "an IPv6 address of more than eight pieces"),
    IPV6_MULTIPLE_COMPRESSION(
            "IPv6-multiple-compression", "an IPv6 address with more than one double colon"),
    IPV6_INVALID_CODE_POINT(
            "IPv6-invalid-code-point",
            "an IPv6 address with a character that is neither a hexadecimal digit nor a colon,"
                    + " or that ends with a colon"),
    IPV6_TOO_FEW_PIECES("IPv6-too-few-pieces", "an IPv6 address of less than eight pieces"),
    IPV6_PIECE_LEADING_ZERO("IPv6-piece-leading-zero", "an IPv6 address with zeros before a piece"),
    IPV4_IN_IPV6_TOO_MANY_PIECES(
            "IPv4-in-IPv6-too-many-pieces",
            "an IPv6 address with more than six pieces before its IPv4 address"),
    IPV4_IN_IPV6_INVALID_CODE_POINT(
            "IPv4-in-IPv6-invalid-code-point",
            "an IPv6 address that ends in something other than an IPv4 address"),
    IPV4_IN_IPV6_OUT_OF_RANGE_PART(
            "IPv4-in-IPv6-out-of-range-part",
            "an IPv6 address that ends in an IPv4 address with a number over 255"),
    IPV4_IN_IPV6_TOO_FEW_PARTS(
            "IPv4-in-IPv6-too-few-parts",
            "an IPv6 address that ends in an IPv4 address of less than four numbers"),
    INVALID_URL_UNIT("invalid-URL-unit", "a character that should be percent-encoded"),
    SPECIAL_SCHEME_MISSING_FOLLOWING_SOLIDUS(
            "special-scheme-missing-following-solidus", "no // where the scheme calls for it"),
    MISSING_SCHEME_NON_RELATIVE_URL(
            "missing-scheme-non-relative-URL", "no scheme, and no base to be relative to"),
    INVALID_REVERSE_SOLIDUS("invalid-reverse-solidus", "a backslash instead of a slash"),
    INVALID_CREDENTIALS("invalid-credentials", "a user name or password"),
    HOST_MISSING("host-missing", "no host"),
    PORT_OUT_OF_RANGE("port-out-of-range", "a port over 65535"),
    PORT_INVALID("port-invalid", "a port with something other than digits"),
    FILE_INVALID_WINDOWS_DRIVE_LETTER(
            "file-invalid-Windows-drive-letter", "a drive letter in a relative file URL"),
    FILE_INVALID_WINDOWS_DRIVE_LETTER_HOST(
            "file-invalid-Windows-drive-letter-host", "a drive letter in the place of the host"),

    /// Longer than the limit that was set: not of the standard, which knows none.
    TOO_LONG("too-long", "longer than the limit");

    private final String term;
    private final String description;

    ValidationError(String term, String description) {
        this.term = term;
        this.description = description;
    }

    /// The name that the standard gives it, such as `host-missing`.
    public String term() {
        return term;
    }

    /// What is found, in a few words.
    public String description() {
        return description;
    }
}
