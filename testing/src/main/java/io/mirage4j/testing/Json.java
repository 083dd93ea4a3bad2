// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A JSON value (RFC 8259), for test data. Numbers keep their text, members keep their order, and
/// strings may hold surrogates without a partner, which vectors for hostile input do.
///
/// The accessors take the reader's part: they give the thing asked for or fail with a message that
/// shows the value, so that a test on unexpected data fails loudly.
public sealed interface Json {
    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /// A number as it was written.
    record Num(String literal) implements Json {}

    record Text(String value) implements Json {}

    record Array(List<Json> values) implements Json {}

    /// An object. The last of several members with one name counts.
    record Members(Map<String, Json> values) implements Json {}

    /// Reads a whole text. Anything that RFC 8259 does not allow is an `IllegalArgumentException`
    /// with the offset.
    static Json parse(String text) {
        return new JsonReader(text).document();
    }

    /// Reads a file, which must be UTF-8.
    static Json read(Path file) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(file));
        try {
            return parse(StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    default boolean isNull() {
        return this instanceof Null;
    }

    default boolean isText() {
        return this instanceof Text;
    }

    /// Whether this is an object with such a member.
    default boolean has(String name) {
        return this instanceof Members object && object.values.containsKey(name);
    }

    default Json get(String name) {
        Json value = members().get(name);
        if (value == null) {
            throw new IllegalArgumentException("no member " + name + " in " + emit());
        }
        return value;
    }

    default Map<String, Json> members() {
        if (this instanceof Members object) return object.values;
        throw new IllegalArgumentException("not an object: " + emit());
    }

    default List<Json> elements() {
        if (this instanceof Array array) return array.values;
        throw new IllegalArgumentException("not an array: " + emit());
    }

    default String text() {
        if (this instanceof Text text) return text.value;
        throw new IllegalArgumentException("not a string: " + emit());
    }

    default boolean bool() {
        if (this instanceof Bool bool) return bool.value;
        throw new IllegalArgumentException("not true or false: " + emit());
    }

    default long integer() {
        return Long.parseLong(literal());
    }

    default double number() {
        return Double.parseDouble(literal());
    }

    private String literal() {
        if (this instanceof Num num) return num.literal;
        throw new IllegalArgumentException("not a number: " + emit());
    }

    /// The value without white space, the same however its source was laid out: what a case is
    /// hashed by. Only `"`, `\`, control characters and lone surrogates are escaped.
    default String emit() {
        var out = new StringBuilder();
        JsonWriter.append(out, this);
        return out.toString();
    }
}
