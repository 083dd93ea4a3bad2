// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

/// What parsing a field value gives: the type asked for, or why the text is none.
public sealed interface Structured permits Item, StructuredList, Dictionary, Structured.Malformed {
    /// A text that is not of the type asked for. A recipient ignores the whole field then.
    record Malformed(String reason, int offset) implements Structured {}
}
