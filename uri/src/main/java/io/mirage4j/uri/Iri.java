// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import io.mirage4j.uri.idna.Idna;
import io.mirage4j.uri.idna.IdnaResult;

import java.util.function.UnaryOperator;

/// An IRI reference by the grammar of RFC 3987: a URI reference with characters beyond ASCII.
/// Immutable; equal if the texts are.
public final class Iri implements IriResult {
    private final String text;
    private final Uri uri;

    private Iri(String text, Uri uri) {
        this.text = text;
        this.uri = uri;
    }

    /// Reads an IRI reference of at most [Uri#DEFAULT_MAX_LENGTH] characters.
    public static IriResult parse(String text) {
        return parse(text, Uri.DEFAULT_MAX_LENGTH);
    }

    /// Reads an IRI reference of at most `maxLength` characters.
    public static IriResult parse(String text, int maxLength) {
        if (text.length() > maxLength) return UriError.tooLong(text.length(), maxLength);
        String escaped = IriCharacters.escape(text);
        return switch (Uri.parse(escaped, Integer.MAX_VALUE)) {
            case Uri uri -> new Iri(text, uri);
            case UriError error -> IriCharacters.error(text, error);
        };
    }

    /// Reads a text that is known to be right, such as a literal, of any length.
    ///
    /// @throws IllegalArgumentException if it is not
    public static Iri of(String text) {
        return switch (parse(text, Integer.MAX_VALUE)) {
            case Iri iri -> iri;
            case UriError error -> throw new IllegalArgumentException(error.message());
        };
    }

    /// The IRI of a URI (RFC 3987, 3.2): escapes of UTF-8 are undone where the characters may
    /// stand, those of unreserved ASCII too. What is left escaped is ASCII, no UTF-8, or of no use
    /// in text, such as the marks for the direction of writing.
    static Iri of(Uri uri) {
        return of(IriCharacters.unescape(uri));
    }

    /// The URI of this (RFC 3987, 3.1): each character beyond ASCII escaped, in the host too.
    public Uri toUri() {
        return uri;
    }

    /// The URI of this, with a registered name as host mapped by `toAscii`, such as a ToASCII of
    /// IDNA. It is given the name decoded, and must give one that a URI can hold.
    ///
    /// @throws IllegalArgumentException if it does not
    public Uri toUri(UnaryOperator<String> toAscii) {
        if (uri.host().orElse(null) instanceof Host.RegName name && !name.text().isEmpty()) {
            return uri.withHost(toAscii.apply(name.decoded()));
        }
        return uri;
    }

    /// The URI of this, with a registered name as host mapped for the DNS as browsers do
    /// ([Idna#WEB]); an error, with the position in the host, if it cannot be.
    public UriResult toDnsUri() {
        if (!(uri.host().orElse(null) instanceof Host.RegName name) || name.text().isEmpty()) {
            return uri;
        }
        return switch (Idna.WEB.toAscii(name.decoded())) {
            case IdnaResult.Domain(String ascii) -> uri.withHost(PercentSet.REG_NAME.encode(ascii));
            case IdnaResult.Invalid invalid ->
                    UriError.hostName(invalid.position(), invalid.error().description());
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Iri iri && text.equals(iri.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The text, exactly as it was parsed.
    @Override
    public String toString() {
        return text;
    }
}
