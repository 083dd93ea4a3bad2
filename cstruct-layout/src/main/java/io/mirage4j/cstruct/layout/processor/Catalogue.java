// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/// The layouts and codes met so far, each read once however often it is nested, and the faults that
/// were found in them.
final class Catalogue {
    private final Elements elements;
    private final Map<String, Optional<Layout>> layouts = new HashMap<>();
    private final Map<String, Optional<Codes>> codes = new HashMap<>();
    private final List<String> inProgress = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    Catalogue(Elements elements) {
        this.elements = elements;
    }

    Elements elements() {
        return elements;
    }

    List<Fault> faults() {
        return faults;
    }

    void report(Fault fault) {
        faults.add(fault);
    }

    /// The layout that `type` declares; nothing if it has a fault.
    Optional<Layout> layout(TypeElement type) {
        String name = type.getQualifiedName().toString();
        Optional<Layout> known = layouts.get(name);
        if (known != null) return known;
        inProgress.add(name);
        Optional<Layout> layout = read(type);
        inProgress.removeLast();
        layouts.put(name, layout);
        return layout;
    }

    private Optional<Layout> read(TypeElement type) {
        int before = faults.size();
        try {
            Declaration declaration = new DeclarationReader(this).read(type);
            if (faults.size() == before) {
                return Optional.of(new Placement(declaration, elements).layout());
            }
        } catch (Fault fault) {
            report(fault);
        }
        return Optional.empty();
    }

    /// The layout that a field nests.
    Layout nested(TypeElement type, Element field) throws Fault {
        String name = type.getQualifiedName().toString();
        int at = inProgress.indexOf(name);
        if (at >= 0) {
            List<String> cycle = new ArrayList<>();
            for (String layout : inProgress.subList(at, inProgress.size())) {
                cycle.add(layout.substring(layout.lastIndexOf('.') + 1));
            }
            cycle.add(type.getSimpleName().toString());
            throw new Fault(
                    field,
                    "a layout can not contain itself ("
                            + String.join(" -> ", cycle)
                            + "): keep an index or an offset instead");
        }
        return layout(type).orElseThrow(() -> Fault.toldAlready(field));
    }

    Optional<Codes> codes(TypeElement type) {
        String name = type.getQualifiedName().toString();
        Optional<Codes> known = codes.get(name);
        if (known != null) return known;
        Optional<Codes> read = Optional.empty();
        try {
            read = Optional.of(new CodesReader(elements).read(type));
        } catch (Fault fault) {
            report(fault);
        }
        codes.put(name, read);
        return read;
    }
}
