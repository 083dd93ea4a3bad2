// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;

/// The layout annotations of one element, by simple name. They are read as mirrors, so that the
/// processor needs no class of the library it works for.
final class Marks {
    static final String PACKAGE = "io.mirage4j.cstruct.layout";

    private final Element element;
    private final Map<String, Map<String, Object>> marks = new LinkedHashMap<>();

    private Marks(Element element) {
        this.element = element;
    }

    static Marks of(Element element, Elements elements) {
        Marks marks = new Marks(element);
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (elements.getPackageOf(type).getQualifiedName().contentEquals(PACKAGE)) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> value :
                        elements.getElementValuesWithDefaults(mirror).entrySet()) {
                    values.put(
                            value.getKey().getSimpleName().toString(), value.getValue().getValue());
                }
                marks.marks.put(type.getSimpleName().toString(), values);
            }
        }
        return marks;
    }

    boolean has(String mark) {
        return marks.containsKey(mark);
    }

    /// Those of `names` that the element bears.
    List<String> among(Set<String> names) {
        List<String> found = new ArrayList<>(marks.keySet());
        found.retainAll(names);
        return found;
    }

    int intOf(String mark, String name) throws Fault {
        return value(mark, name, Integer.class);
    }

    int intOf(String mark) throws Fault {
        return intOf(mark, "value");
    }

    long longOf(String mark, String name) throws Fault {
        return value(mark, name, Long.class);
    }

    boolean flagOf(String mark, String name) throws Fault {
        return value(mark, name, Boolean.class);
    }

    String textOf(String mark, String name) throws Fault {
        return value(mark, name, String.class);
    }

    String constantOf(String mark, String name) throws Fault {
        return value(mark, name, VariableElement.class).getSimpleName().toString();
    }

    private <T> T value(String mark, String name, Class<T> type) throws Fault {
        Object value = marks.getOrDefault(mark, Map.of()).get(name);
        if (!type.isInstance(value)) {
            // Not a constant, or missing: javac reports that by itself.
            throw Fault.toldAlready(element);
        }
        return type.cast(value);
    }
}
