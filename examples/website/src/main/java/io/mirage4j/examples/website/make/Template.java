// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import java.util.Map;

/// A text with `{{names}}` in the place of values.
record Template(String text) {
    /// @throws IllegalArgumentException if a name has no value, or is not closed
    String with(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            if (close < 0) throw new IllegalArgumentException("'{{' at " + open + " is not closed");
            String name = text.substring(open + 2, close).strip();
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "no value for {{" + name + "}}: one of " + values.keySet());
            }
            out.append(text, at, open).append(value);
            at = close + 2;
        }
        return out.append(text, at, text.length()).toString();
    }

    /// `text` with what means something in HTML written as what it looks like.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
