// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.HashMap;
import java.util.Map;

/// Text with holes: `$name` is replaced by what `name` stands for. The longest known name counts,
/// so that `$nameAt` is the field's name and `At`.
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
            String name = nameAt(template, hole + 1);
            filled.append(template, at, hole).append(values.get(name));
            at = hole + 1 + name.length();
        }
        return filled.append(template, at, template.length()).toString();
    }

    private String nameAt(String template, int at) {
        String longest = "";
        for (String name : values.keySet()) {
            if (template.startsWith(name, at) && name.length() > longest.length()) {
                longest = name;
            }
        }
        if (longest.isEmpty()) {
            throw new AssertionError("nothing to put at " + template.substring(at - 1));
        }
        return longest;
    }
}
