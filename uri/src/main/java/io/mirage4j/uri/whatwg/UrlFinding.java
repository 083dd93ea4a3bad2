// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.whatwg;

/// Something in a text that keeps it from being a valid URL string, though it may well be parsed.
///
/// @param position the index in the text; for a host that was percent-decoded, where it begins
public record UrlFinding(ValidationError error, int position) {
    @Override
    public String toString() {
        return error.term() + " at " + position;
    }
}
