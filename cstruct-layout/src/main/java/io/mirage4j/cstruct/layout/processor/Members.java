// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names that the fields of a layout take in the made class; no two may take the same.
final class Members {
    private static final Set<String> OF_THE_LAYOUT =
            Set.of("SIZE", "ALIGNMENT", "validate", "describe", "putConstants", "sizeOf");

    private final Layout layout;

    Members(Layout layout) {
        this.layout = layout;
    }

    void check() throws Fault {
        Map<String, Field> owners = new HashMap<>();
        for (Layout.Placed placed : layout.fields()) {
            Field field = placed.field();
            for (String member : of(field)) {
                if (OF_THE_LAYOUT.contains(member)) {
                    throw field.fault(
                            "every made class has a member "
                                    + member
                                    + " already: rename the field");
                }
                Field owner = owners.putIfAbsent(member, field);
                if (owner != null) {
                    throw field.fault(
                            "both "
                                    + owner.name()
                                    + " and "
                                    + field.name()
                                    + " would make a member "
                                    + member
                                    + ": rename one");
                }
            }
        }
    }

    private static List<String> of(Field field) {
        String name = field.name();
        String capital = capital(name);
        String upper = upper(name);
        List<String> members = new ArrayList<>(List.of(name, "put" + capital, "OFFSET_" + upper));
        if (field.constant().isPresent()) {
            members.add("VALUE_" + upper);
        }
        if (field.codes().isPresent()) {
            members.add(name + "Code");
        }
        if (field.extent().isArray() || field.shape() instanceof Shape.Nested) {
            members.add(name + "At");
        }
        if (field.extent() instanceof Extent.Fixed) {
            members.add("COUNT_" + upper);
        }
        if (field.isTail()) {
            members.add("countOf" + capital);
            members.add("sizeOf" + capital);
            members.add("MOST_" + upper);
        }
        if (field.shape() instanceof Shape.Window) {
            members.add("SIZE_" + upper);
        }
        if (field.atomic()) {
            for (String order : List.of("Opaque", "Acquire", "Volatile", "Release")) {
                members.add(name + order);
                members.add("put" + capital + order);
            }
            members.add("compareAndSet" + capital);
            members.add("getAndAdd" + capital);
        }
        return members;
    }

    static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /// `totalLength` as `TOTAL_LENGTH`, `nr_segments` as `NR_SEGMENTS`, `isATap` as `IS_A_TAP`.
    static String upper(String name) {
        StringBuilder upper = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (i > 0 && beginsWord(name, i)) {
                upper.append('_');
            }
            upper.append(Character.toUpperCase(name.charAt(i)));
        }
        return upper.toString();
    }

    private static boolean beginsWord(String name, int at) {
        char before = name.charAt(at - 1);
        boolean endsCapitals = at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
        return Character.isUpperCase(name.charAt(at))
                && before != '_'
                && (!Character.isUpperCase(before) || endsCapitals);
    }
}
