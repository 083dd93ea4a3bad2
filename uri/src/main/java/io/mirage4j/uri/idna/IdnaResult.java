// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri.idna;

/// What becomes of a domain name.
public sealed interface IdnaResult {
    /// The name as it was asked for.
    record Domain(String name) implements IdnaResult {}

    /// The first thing that is wrong. `position` is the index in the text given, of the code point
    /// itself or of the label that it is in.
    record Invalid(IdnaError error, int position) implements IdnaResult {
        @Override
        public String toString() {
            return error.description() + " at " + position;
        }
    }
}
