// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// Why a text is no URL.
///
/// @param cause the validation error that ended the parsing
/// @param position the index in the text; for a host that was percent-decoded, where it begins
/// @param message one line for a person
public record UrlError(ValidationError cause, int position, String message) implements UrlResult {

    static UrlError of(ValidationError cause, int position) {
        return new UrlError(cause, position, cause.description() + ", at " + position);
    }

    static UrlError tooLong(int length, int maxLength) {
        String message = "a length of %d is over the limit of %d".formatted(length, maxLength);
        return new UrlError(ValidationError.TOO_LONG, maxLength, message);
    }
}
