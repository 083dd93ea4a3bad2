// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Comparator;
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

    /// The import lines: those of Java itself last, an empty line between groups.
    String text() {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (String name : bySimpleName.values().stream().sorted(ORDER).toList()) {
            if (!group.isEmpty() && !group.equals(group(name))) {
                text.append('\n');
            }
            group = group(name);
            text.append("import ").append(name).append(";\n");
        }
        return text.toString();
    }

    private static final Comparator<String> ORDER =
            Comparator.<String, Boolean>comparing(name -> group(name).startsWith("java"))
                    .thenComparing(Comparator.naturalOrder());

    private static String group(String name) {
        return name.substring(0, name.indexOf('.'));
    }
}
