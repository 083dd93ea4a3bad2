// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// Why a text is no URI reference.
///
/// @param component the part in which the fault lies
/// @param position the index of the first character, or octet, that cannot stand where it does; the
///   length of the text if something is missing at its end
/// @param message one line for a person, with the character and the position
public record UriError(Cause cause, Component component, int position, String message)
        implements UriResult,
                LenientResult,
                IriResult,
                DataUriResult,
                MailtoResult,
                FileUriResult,
                HostNameResult {

    /// The kinds of faults.
    public enum Cause {
        /// Longer than the limit that the caller set.
        TOO_LONG,
        /// A character that the component may only hold as an escape.
        CHARACTER,
        /// A character beyond ASCII; an [Iri] may have most of them.
        NOT_ASCII,
        /// A `%` without two hexadecimal digits behind it.
        ESCAPE,
        /// A colon in the first segment, with something before it that is no scheme.
        SCHEME,
        /// Something other than digits after the colon behind the host.
        PORT,
        /// Brackets without an IP address in them.
        IP_LITERAL,
        /// Not the name of a host in the DNS, though it may be one in a URI.
        HOST_NAME,
        /// Not what the scheme wants, though it is a URI.
        SCHEME_SPECIFIC
    }

    static UriError tooLong(int length, int maxLength) {
        return new UriError(
                Cause.TOO_LONG,
                Component.URI,
                maxLength,
                "a length of %d is over the limit of %d".formatted(length, maxLength));
    }

    /// The fault that the character at `position` is, in a component where it was not expected.
    static UriError character(String text, Component component, int position) {
        if (position == text.length()) return unexpectedEnd(component, position);
        char c = text.charAt(position);
        if (c == '%' && component != Component.SCHEME && component != Component.PORT) {
            return new UriError(
                    Cause.ESCAPE,
                    component,
                    position,
                    "'%%' at %d is not followed by two hexadecimal digits, in the %s"
                            .formatted(position, component));
        }
        Cause cause =
                switch (component) {
                    case SCHEME -> Cause.SCHEME;
                    case PORT -> Cause.PORT;
                    default -> c < 128 ? Cause.CHARACTER : Cause.NOT_ASCII;
                };
        return new UriError(
                cause,
                component,
                position,
                "%s at %d is not allowed in the %s"
                        .formatted(describe(text.codePointAt(position)), position, component));
    }

    private static UriError unexpectedEnd(Component component, int position) {
        return new UriError(
                Cause.CHARACTER,
                component,
                position,
                "the %s ends too early, at %d".formatted(component, position));
    }

    static UriError ipLiteral(String text, int position) {
        String found = position == text.length() ? "the end" : describe(text.codePointAt(position));
        return new UriError(
                Cause.IP_LITERAL,
                Component.HOST,
                position,
                "no IP address in brackets: %s at %d".formatted(found, position));
    }

    static UriError schemeSpecific(Component component, int position, String what) {
        String message = "%s, at %d".formatted(what, position);
        return new UriError(Cause.SCHEME_SPECIFIC, component, position, message);
    }

    static UriError hostName(int position, String what) {
        String message = "%s, at %d".formatted(what, position);
        return new UriError(Cause.HOST_NAME, Component.HOST, position, message);
    }

    /// The same fault in another text that has it at `position`.
    UriError in(String text, int position) {
        return cause == Cause.IP_LITERAL
                ? ipLiteral(text, position)
                : character(text, component, position);
    }

    private static String describe(int c) {
        return c > 0x20 && c < 0x7f ? "'" + (char) c + "'" : "U+%04X".formatted(c);
    }
}
