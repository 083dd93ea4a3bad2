// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Map;
import java.util.TreeMap;

/// The imports of one source file.
final class Imports {
    private final String packageName;
    private final Map<String, String> bySimpleName = new TreeMap<>();

    Imports(String packageName) {
        this.packageName = packageName;
    }

    /// How the source names a type: by its simple name and an import, or in full where that name is
    /// taken.
    String use(TypeName type) {
        if (type.packageName().equals(packageName)) {
            String outermost = type.path().split("\\.", 2)[0];
            return bySimpleName.containsKey(outermost) ? type.qualified() : type.path();
        }
        return use(type.qualified());
    }

    String use(String qualified) {
        String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
        String taken = bySimpleName.putIfAbsent(simple, qualified);
        return taken == null || taken.equals(qualified) ? simple : qualified;
    }

    /// The import lines.
    String text() {
        StringBuilder text = new StringBuilder();
        bySimpleName.values().stream()
                .sorted()
                .forEach(name -> text.append("import ").append(name).append(";\n"));
        return text.toString();
    }
}
