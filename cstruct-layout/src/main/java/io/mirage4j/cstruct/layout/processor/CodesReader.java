// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/// Reads a `@Codes` interface.
final class CodesReader {
    private static final String FORM =
            "@Codes needs a sealed interface of one enum of known numbers and one record"
                    + " (int code) for all others";

    private final Elements elements;

    CodesReader(Elements elements) {
        this.elements = elements;
    }

    Codes read(TypeElement type) throws Fault {
        if (type.getKind() != ElementKind.INTERFACE || type.getPermittedSubclasses().size() != 2) {
            throw new Fault(type, FORM);
        }
        DeclarationReader.checkSeen(type);
        TypeElement known = permitted(type, ElementKind.ENUM);
        TypeElement unknown = permitted(type, ElementKind.RECORD);
        RecordComponentElement component = component(type, unknown);
        boolean wide = component.asType().getKind() == TypeKind.LONG;
        return new Codes(
                type,
                TypeName.of(type, elements),
                TypeName.of(known, elements),
                TypeName.of(unknown, elements),
                component.getSimpleName().toString(),
                wide,
                constants(known, wide));
    }

    private static TypeElement permitted(TypeElement type, ElementKind kind) throws Fault {
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            if (permitted instanceof DeclaredType declared
                    && declared.asElement() instanceof TypeElement element
                    && element.getKind() == kind) {
                return element;
            }
        }
        throw new Fault(type, FORM);
    }

    private static RecordComponentElement component(TypeElement type, TypeElement unknown)
            throws Fault {
        List<? extends RecordComponentElement> components = unknown.getRecordComponents();
        if (components.size() == 1) {
            TypeKind kind = components.getFirst().asType().getKind();
            if (kind == TypeKind.INT || kind == TypeKind.LONG) return components.getFirst();
        }
        throw new Fault(
                type,
                FORM
                        + ": "
                        + unknown.getSimpleName()
                        + " must have a single int, or a single long for fields beyond 32 bits");
    }

    private List<Codes.Constant> constants(TypeElement known, boolean wide) throws Fault {
        List<Codes.Constant> constants = new ArrayList<>();
        Map<Long, String> byCode = new HashMap<>();
        for (Element element : known.getEnclosedElements()) {
            if (element.getKind() == ElementKind.ENUM_CONSTANT) {
                String name = element.getSimpleName().toString();
                Marks marks = Marks.of(element, elements);
                if (!marks.has("Code")) {
                    throw new Fault(element, name + " has no number: write @Code(n) on it");
                }
                long code = marks.longOf("Code", "value");
                if (!wide && (code < Integer.MIN_VALUE || code > 0xffff_ffffL)) {
                    throw new Fault(
                            element,
                            "code "
                                    + code
                                    + " does not fit 32 bits: give the record of unknown numbers a"
                                    + " long");
                }
                String other = byCode.putIfAbsent(wide ? code : (int) code, name);
                if (other != null) {
                    throw new Fault(
                            element, "code " + code + " is " + other + " already: keep one name");
                }
                constants.add(new Codes.Constant(name, code));
            }
        }
        return constants;
    }
}
