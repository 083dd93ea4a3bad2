// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

/// Writes JSON without white space.
final class JsonWriter {
    static void append(StringBuilder out, Json json) {
        switch (json) {
            case Json.Null() -> out.append("null");
            case Json.Bool(boolean value) -> out.append(value);
            case Json.Num(String literal) -> out.append(literal);
            case Json.Text(String value) -> appendString(out, value);
            case Json.Array array -> {
                out.append('[');
                String comma = "";
                for (Json value : array.values()) {
                    out.append(comma);
                    append(out, value);
                    comma = ",";
                }
                out.append(']');
            }
            case Json.Members object -> {
                out.append('{');
                String comma = "";
                for (var member : object.values().entrySet()) {
                    out.append(comma);
                    appendString(out, member.getKey());
                    out.append(':');
                    append(out, member.getValue());
                    comma = ",";
                }
                out.append('}');
            }
        }
    }

    private static void appendString(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (c == '"' || c == '\\') out.append('\\').append((char) c);
            else if (c < 0x20 || Character.getType(c) == Character.SURROGATE)
                out.append("\\u%04x".formatted(c));
            else out.appendCodePoint(c);
        }
        out.append('"');
    }

    private JsonWriter() {}
}
