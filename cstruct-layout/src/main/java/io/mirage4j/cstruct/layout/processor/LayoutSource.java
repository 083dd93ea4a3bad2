// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;

/// Writes the class of a layout: its constants, the accessors of each field, and what looks at all
/// of them.
final class LayoutSource {
    private final Layout layout;
    private final Surroundings surroundings;
    private final Imports imports;

    LayoutSource(Layout layout, Surroundings surroundings) {
        this.layout = layout;
        this.surroundings = surroundings;
        this.imports = new Imports(layout.name().packageName());
    }

    /// The whole source file.
    String text() {
        imports.use("io.mirage4j.cstruct.Cstruct");
        imports.use("io.mirage4j.cstruct.ReadOnlyCstruct");
        imports.use("io.mirage4j.cstruct.layout.Description");
        imports.use("io.mirage4j.cstruct.layout.Verdict");
        String annotations = surroundings.annotationLines(imports);
        if (layout.fields().stream().anyMatch(placed -> isIndexed(placed.field()))) {
            imports.use("java.util.Objects");
        }

        SourceText body = new SourceText();
        sizes(body);
        offsets(body);
        for (Layout.Placed placed : layout.fields()) {
            new FieldSource(placed, surroundings, imports).addTo(body);
        }
        layout.countedTail().ifPresent(tail -> new TailSource(layout, tail).addTo(body));
        putConstants(body);
        new ValidateSource(layout, imports).addTo(body);
        new DescribeSource(layout, imports).addTo(body);
        String name = layout.name().made("Layout").path();
        body.member("private " + name + "() {}");
        return frame(annotations, body);
    }

    private static boolean isIndexed(Field field) {
        return field.extent().isArray()
                && !field.reserved()
                && !(field.shape() instanceof Shape.OctetRun);
    }

    private String frame(String annotations, SourceText body) {
        return new Template()
                .with("package", layout.name().packageName().isEmpty() ? "" : packageLine())
                .with("imports", imports.text())
                .with("comment", comment())
                .with("annotations", annotations)
                .with("modifier", layout.name().modifier())
                .with("name", layout.name().made("Layout").path())
                .with("body", body)
                .fill(
                        """
                        // SPDX-License-Identifier: Apache-2.0
                        $package$imports
                        $comment
                        $annotations$modifier\
                        final class $name {
                        $body}
                        """);
    }

    private String packageLine() {
        return "package " + layout.name().packageName() + ";\n\n";
    }

    private String comment() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "/// Reads and writes ["
                        + layout.name().path()
                        + "] in place; `off` is its first octet.");
        List<String> javadoc = surroundings.javadoc(layout.element());
        if (!javadoc.isEmpty()) {
            lines.add("///");
            lines.addAll(javadoc);
        }
        lines.add("///");
        lines.add("/// | at | octets | field |");
        lines.add("/// | ---: | ---: | --- |");
        for (Layout.Placed placed : layout.fields()) {
            lines.add("/// " + row(placed));
        }
        lines.add("///");
        lines.add(
                "/// Made from the declaration: change that. Nothing here allocates, but for windows,");
        lines.add("/// a [#validate] that finds something, and [#describe].");
        return String.join("\n", lines);
    }

    private static String row(Layout.Placed placed) {
        Field field = placed.field();
        Place place = placed.place();
        String octets =
                switch (field.extent()) {
                    case Extent.One one -> "" + place.octets();
                    case Extent.Fixed(int count) -> count + " * " + place.octets();
                    case Extent.Tail tail ->
                            field.shape() instanceof Shape.OctetRun ? "n" : "n * " + place.octets();
                };
        return "| "
                + place.offset()
                + " | "
                + octets
                + " | `"
                + placed.name()
                + "`: "
                + FieldSource.words(placed)
                + " |";
    }

    private void sizes(SourceText body) {
        body.member(
                List.of(
                        layout.tail().isPresent()
                                ? "/// How many octets there are before the tail."
                                : "/// How many octets there are."),
                "public static final int SIZE = " + layout.size() + ";");
        if (layout.alignment() > 1) {
            body.member(
                    List.of("/// Begins at a multiple of this where a C compiler places it."),
                    "public static final int ALIGNMENT = " + layout.alignment() + ";");
        }
    }

    private void offsets(SourceText body) {
        StringBuilder constants = new StringBuilder();
        for (Layout.Placed placed : layout.fields()) {
            FieldSource.addConstants(placed, constants);
        }
        if (!constants.isEmpty()) {
            body.member(constants.toString());
        }
    }

    private void putConstants(SourceText body) {
        if (!layout.hasConstants()) return;
        StringBuilder calls = new StringBuilder();
        for (Layout.Placed placed : layout.fields()) {
            Field field = placed.field();
            if (!Layout.isConstant(field)) continue;
            Template names =
                    new Template()
                            .with("name", placed.name())
                            .with("Name", Members.capital(placed.name()))
                            .with("NAME", Members.upper(placed.name()));
            if (!(field.shape() instanceof Shape.Nested(Layout nested))) {
                calls.append(names.fill("    put$Name(buf, off);\n"));
                continue;
            }
            names.with("Nested", imports.use(nested.name().made("Layout")));
            calls.append(
                    names.fill(
                            field.extent().isArray()
                                    ? """
                                        for (int i = 0; i < COUNT_$NAME; i++) {
                                            $Nested.putConstants(buf, $nameAt(off, i));
                                        }
                                    """
                                    : """
                                        $Nested.putConstants(buf, $nameAt(off));
                                    """));
        }
        body.member(
                List.of("/// Writes every constant field, those of nested layouts too."),
                "public static void putConstants(Cstruct buf, int off) {\n" + calls + "}");
    }
}
