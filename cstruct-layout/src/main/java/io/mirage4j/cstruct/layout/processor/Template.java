// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.HashMap;
import java.util.Map;

/// Text with holes: `$name` is replaced by what `name` stands for.
final class Template {
    private final Map<String, String> values = new HashMap<>();

    Template with(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    /// `template` with its holes filled.
    String fill(String template) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int hole; (hole = template.indexOf('$', at)) >= 0; ) {
            int end = hole + 1;
            while (end < template.length() && Character.isJavaIdentifierPart(template.charAt(end))) {
                end++;
            }
            String name = template.substring(hole + 1, end);
            String value = values.get(name);
            if (value == null) {
                throw new AssertionError("nothing to put for $" + name);
            }
            filled.append(template, at, hole).append(value);
            at = end;
        }
        return filled.append(template, at, template.length()).toString();
    }
}
