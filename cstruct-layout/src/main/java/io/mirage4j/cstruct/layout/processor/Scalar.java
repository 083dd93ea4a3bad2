// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The numbers that Cstruct reads and writes; each has an annotation of its name.
enum Scalar {
    U8,
    S8,
    U16,
    S16,
    U24,
    S24,
    U32,
    S32,
    U40,
    S40,
    U48,
    S48,
    U64,
    S64,
    F32,
    F64;

    static final Set<String> NAMES =
            Arrays.stream(values()).map(Scalar::name).collect(Collectors.toUnmodifiableSet());

    int bits() {
        return Integer.parseInt(name().substring(1));
    }

    int octets() {
        return bits() / 8;
    }

    boolean floating() {
        return name().startsWith("F");
    }

    boolean signed() {
        return !name().startsWith("U");
    }

    /// The Java type that holds it.
    String type() {
        if (floating()) return bits() == 32 ? "float" : "double";
        return bits() <= 32 ? "int" : "long";
    }

    /// Cstruct's reader.
    String reader(Order order) {
        return name().toLowerCase(Locale.ROOT) + suffix(order);
    }

    /// Cstruct's writer, which takes signed and unsigned alike.
    String writer(Order order) {
        return "put" + (floating() ? "F" : "U") + bits() + suffix(order);
    }

    private String suffix(Order order) {
        return octets() == 1 ? "" : order.suffix;
    }

    /// 24-, 40- and 48-bit numbers are no C types, so nothing aligns them.
    int alignment() {
        return Integer.bitCount(octets()) == 1 ? octets() : 1;
    }

    String words(Order order) {
        String kind = floating() ? "IEEE 754, " : signed() ? "signed, " : "unsigned, ";
        return kind + bits() + " bits" + (octets() == 1 ? "" : " " + order.words);
    }
}
