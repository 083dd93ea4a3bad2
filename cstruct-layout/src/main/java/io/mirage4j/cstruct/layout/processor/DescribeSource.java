// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// Writes `describe`.
final class DescribeSource {
    private final Layout layout;
    private final Imports imports;
    private final StringBuilder code = new StringBuilder();

    DescribeSource(Layout layout, Imports imports) {
        this.layout = layout;
        this.imports = imports;
    }

    void addTo(SourceText body) {
        for (Layout.Placed placed : layout.fields()) {
            if (!placed.field().reserved()) {
                field(placed);
            }
        }
        body.member(
                new Template()
                        .with("layout", layout.name().simple())
                        .fill(
                                """
                                /// A line for each field with its offset, name and value, for people to read.
                                public static String describe(ReadOnlyCstruct buf, int off) {
                                    Description to = new Description("$layout");
                                    describe(buf, off, to);
                                    return to.toString();
                                }
                                """));
        body.member(
                new Template()
                        .with("lines", code.toString().stripTrailing().indent(4))
                        .fill(
                                """
                                /// Adds these lines to a description of more.
                                public static void describe(ReadOnlyCstruct buf, int off, Description to) {
                                $lines}
                                """));
    }

    private void field(Layout.Placed placed) {
        Field field = placed.field();
        boolean array = field.extent().isArray() && !(field.shape() instanceof Shape.OctetRun);
        boolean nested = field.shape() instanceof Shape.Nested;
        Template names =
                new Template()
                        .with("name", placed.name())
                        .with("Name", Members.capital(placed.name()))
                        .with("NAME", Members.upper(placed.name()))
                        .with("octets", nested ? 0 : placed.place().octets());
        names.with("at", names.fill(array ? "$nameAt(off, i)" : "off + OFFSET_$NAME"));
        names.with("value", value(placed, names, array));
        if (field.extent() instanceof Extent.Tail tail) {
            tail(names, tail, array, placed.place().octets());
        } else if (array) {
            code.append(names.with("count", names.fill("COUNT_$NAME")).fill(ELEMENTS));
        } else {
            code.append(
                    names.fill(
                            """
                            if (to.field("$name", buf, $at, $octets)) {
                            $value}
                            """));
        }
    }

    private static final String ELEMENTS =
            """
            for (int i = 0; i < to.shown($count); i++) {
                if (to.element("$name", i, buf, $at, $octets)) {
            $value    }
            }
            to.rest("$name", $count);
            """;

    /// A tail is looked at only where the fixed part, which tells its length, is there.
    private void tail(Template names, Extent.Tail tail, boolean array, int octets) {
        names.with("left", "buf.length() - off - SIZE" + (octets == 1 ? "" : ") / " + octets));
        String length =
                tail.open()
                        ? names.fill(octets == 1 ? "$left" : "($left")
                        : names.fill(array ? "countOf$Name(buf, off)" : "sizeOf$Name(buf, off)");
        names.with("length", length).with("count", names.fill(array ? "count" : "size"));
        String lines =
                names.fill(
                        array
                                ? ELEMENTS
                                : """
                                if (to.field("$name", buf, $at, size)) {
                                    to.octets(buf, $at, size);
                                }
                                """);
        code.append(
                names.with("lines", lines.indent(4))
                        .fill(
                                """
                                if (to.has(buf, off, SIZE)) {
                                    int $count = $length;
                                $lines}
                                """));
    }

    /// Statements that add the value of a field, indented as deep as they stand.
    private String value(Layout.Placed placed, Template names, boolean array) {
        Field field = placed.field();
        String value =
                switch (field.shape()) {
                    case Shape.Numeric number -> number(placed, names);
                    case Shape.BitField bits -> number(placed, names);
                    case Shape.Window window -> names.fill("to.octets(buf, $at, SIZE_$NAME);");
                    case Shape.OctetRun run -> "";
                    case Shape.Nested(Layout nested) ->
                            names.with("Nested", imports.use(nested.name().made("Layout")))
                                    .with("nested", nested.name().simple())
                                    .fill(
                                            """
                                            to.open("$nested");
                                            $Nested.describe(buf, $at, to);
                                            to.close();
                                            """);
                };
        return value.indent(array ? 8 : 4);
    }

    private static String number(Layout.Placed placed, Template names) {
        Field field = placed.field();
        String index = field.extent().isArray() ? ", i" : "";
        if (field.codes().isPresent()) {
            names.with("i", index);
            return names.fill("to.named($name(buf, off$i), $nameCode(buf, off$i));");
        }
        NumberCode number = NumberCode.of(placed);
        String read =
                field.atomic()
                        ? number.read(names.fill("$at"))
                        : placed.name() + "(buf, off" + index + ")";
        if (number.type().equals("boolean")) return "to.flag(" + read + ");";
        if (TailSource.isUnsignedInt(placed)) {
            return "to.number(Integer.toUnsignedLong(" + read + "));";
        }
        boolean unsigned64 = field.shape().integerBits() == 64 && !field.shape().signed();
        return (unsigned64 ? "to.unsigned(" : "to.number(") + read + ");";
    }
}
