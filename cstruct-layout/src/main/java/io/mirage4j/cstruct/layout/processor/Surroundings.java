// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;

import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/// What the made class finds around it: which annotations its module sees, and the Javadoc of the
/// declaration.
///
/// @param annotations qualified names of those that the class may bear
record Surroundings(List<String> annotations, Elements elements) {
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
    private static final String GENERATED = "javax.annotation.processing.Generated";

    static Surroundings of(TypeElement type, Elements elements) {
        ModuleElement module = elements.getModuleOf(type);
        List<String> seen = new ArrayList<>();
        for (String annotation : List.of(NULL_MARKED, GENERATED)) {
            TypeElement element =
                    module == null
                            ? elements.getTypeElement(annotation)
                            : elements.getTypeElement(module, annotation);
            if (element != null) {
                seen.add(annotation);
            }
        }
        return new Surroundings(seen, elements);
    }

    /// The annotation lines of a made class.
    String annotationLines(Imports imports) {
        StringBuilder lines = new StringBuilder();
        if (annotations.contains(NULL_MARKED)) {
            lines.append("@").append(imports.use(NULL_MARKED)).append("\n");
        }
        if (annotations.contains(GENERATED)) {
            lines.append("@").append(imports.use(GENERATED)).append("(\"");
            lines.append(LayoutProcessor.class.getName()).append("\")\n");
        }
        return lines.toString();
    }

    /// The Javadoc of `element` as comment lines, empty if it has none. What was HTML is Markdown
    /// too.
    List<String> javadoc(Element element) {
        String text = elements.getDocComment(element);
        if (text == null || text.isBlank()) return List.of();
        return text.stripTrailing()
                .stripIndent()
                .lines()
                .map(line -> line.isBlank() ? "///" : "/// " + line)
                .toList();
    }
}
