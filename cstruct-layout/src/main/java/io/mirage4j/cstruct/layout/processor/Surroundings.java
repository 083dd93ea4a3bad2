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
    static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
    static final String GENERATED = "javax.annotation.processing.Generated";

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

    /// The Javadoc of `element` as comment lines, empty if it has none.
    List<String> javadoc(Element element) {
        String text = elements.getDocComment(element);
        if (text == null || text.isBlank()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (elements.getDocCommentKind(element) == Elements.DocCommentKind.TRADITIONAL) {
            lines.add("/**");
            text.strip().lines().forEach(line -> lines.add((" * " + line.strip()).stripTrailing()));
            lines.add(" */");
        } else {
            text.stripTrailing().stripIndent().lines().forEach(line -> lines.add(comment(line)));
        }
        return lines;
    }

    private static String comment(String line) {
        return line.isBlank() ? "///" : "/// " + line;
    }
}
