// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/// Reads the interface of a layout: what stands on the type, and each of its fields.
final class DeclarationReader {
    private final Catalogue catalogue;

    DeclarationReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// What `type` declares. Faults of single fields go to the catalogue, so that a compilation
    /// shows all of them.
    Declaration read(TypeElement type) throws Fault {
        checkForm(type);
        Marks marks = Marks.of(type, catalogue.elements());
        boolean union = marks.has("Union");
        Order order = order(marks, type, Order.UNSAID);
        int cAlignment = marks.has("CAligned") ? power(marks, "CAligned", type) : 1;
        int align = marks.has("Align") ? power(marks, "Align", type) : 1;

        List<Field> fields = new ArrayList<>();
        for (Element member : type.getEnclosedElements()) {
            if (member instanceof ExecutableElement method
                    && !method.getModifiers().contains(Modifier.STATIC)) {
                try {
                    fields.add(new FieldReader(catalogue, method, order, union).read());
                } catch (Fault fault) {
                    catalogue.report(fault);
                }
            }
        }
        return new Declaration(
                type, fields, union, cAlignment, align, marks.intOf("Layout", "size"));
    }

    private static void checkForm(TypeElement type) throws Fault {
        if (type.getKind() != ElementKind.INTERFACE) {
            throw new Fault(type, "a layout is declared by an interface: make it one");
        }
        if (!type.getInterfaces().isEmpty()) {
            throw new Fault(type, "a layout extends nothing: nest the other layout as a field");
        }
        if (!type.getTypeParameters().isEmpty()) {
            throw new Fault(type, "a layout has no type parameters: drop them");
        }
        checkSeen(type);
    }

    /// The class that is made stands beside the outermost type.
    static void checkSeen(TypeElement type) throws Fault {
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            if (at.getModifiers().contains(Modifier.PRIVATE)) {
                throw new Fault(type, "the class that is made can not see it: drop `private`");
            }
        }
    }

    /// What the marks say of the byte order.
    static Order order(Marks marks, Element element, Order otherwise) throws Fault {
        if (marks.has("BigEndian") && marks.has("LittleEndian")) {
            throw new Fault(element, "both @BigEndian and @LittleEndian: keep one");
        }
        return marks.has("BigEndian")
                ? Order.BIG
                : marks.has("LittleEndian") ? Order.LITTLE : otherwise;
    }

    static int power(Marks marks, String mark, Element element) throws Fault {
        int value = marks.intOf(mark);
        if (value < 1 || Integer.bitCount(value) != 1) {
            throw new Fault(
                    element,
                    "@" + mark + "(" + value + ") must be a power of two: 1, 2, 4, 8 and so on");
        }
        return value;
    }
}
