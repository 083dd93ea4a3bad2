// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Set;

import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/// The name of a declared type, and of the class that is made of it.
///
/// @param path the names of the types around it and its own, joined by dots
/// @param visible whether everybody sees it, so that everybody sees what is made of it
record TypeName(String packageName, String path, boolean visible) {
    static TypeName of(TypeElement type, Elements elements) {
        String packageName = elements.getPackageOf(type).getQualifiedName().toString();
        String qualified = type.getQualifiedName().toString();
        String path =
                packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1);
        boolean visible = true;
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            Set<Modifier> modifiers = at.getModifiers();
            visible &= modifiers.contains(Modifier.PUBLIC);
        }
        return new TypeName(packageName, path, visible);
    }

    /// Its name without the types around it.
    String simple() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The class made of it: `Blkif.Request` gives `BlkifRequestLayout`.
    TypeName made(String suffix) {
        return new TypeName(packageName, path.replace(".", "") + suffix, visible);
    }

    String qualified() {
        return packageName.isEmpty() ? path : packageName + "." + path;
    }

    String modifier() {
        return visible ? "public " : "";
    }
}
