// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.structured;

/// A value with parameters.
public record Item(BareItem value, Parameters parameters) implements Member, Structured {
    public static Item of(BareItem value) {
        return new Item(value, Parameters.NONE);
    }

    /// Parses a field that is an item.
    public static Structured parse(String text) {
        return new Parser(text).field(Parser::item);
    }

    public String emit() {
        return Emitter.emit(this);
    }
}
