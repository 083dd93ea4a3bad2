// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

/// What comes of parsing a text: the value, or why there is none and where.
///
/// ```java
/// switch (Endpoint.parse(text)) {
///     case Parsed.Value(Endpoint endpoint) -> listen(endpoint);
///     case Parsed.Malformed malformed -> complain(malformed.message());
/// }
/// ```
public sealed interface Parsed<T> {
    record Value<T>(T value) implements Parsed<T> {}

    /// The text means nothing.
    ///
    /// @param reason what is wrong, with the limit
    /// @param position the index of the first character that can not stand where it does; the
    ///   length of the text if something is missing at its end
    record Malformed<T>(String reason, int position) implements Parsed<T> {
        /// Reason and position in one line.
        public String message() {
            return reason + " at " + position;
        }
    }

    /// The value of a text that the program's author wrote.
    ///
    /// @throws IllegalArgumentException if there is none
    default T orThrow() {
        return switch (this) {
            case Value<T>(T value) -> value;
            case Malformed<T> malformed -> throw new IllegalArgumentException(malformed.message());
        };
    }
}
