// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;

import javax.lang.model.element.Element;

/// Writes the constants and accessors of one field.
final class FieldSource {
    private final Layout.Placed placed;
    private final Field field;
    private final Imports imports;
    private final List<String> javadoc;
    private final Template names;

    FieldSource(Layout.Placed placed, Surroundings surroundings, Imports imports) {
        this.placed = placed;
        this.field = placed.field();
        this.imports = imports;
        this.javadoc = javadoc(placed, surroundings);
        boolean array = field.extent().isArray();
        String name = placed.name();
        this.names =
                new Template()
                        .with("name", name)
                        .with("Name", Members.capital(name))
                        .with("NAME", Members.upper(name))
                        .with("index", array ? ", int index" : "")
                        .with(
                                "at",
                                array
                                        ? name + "At(off, index)"
                                        : "off + OFFSET_" + Members.upper(name));
    }

    private static List<String> javadoc(Layout.Placed placed, Surroundings surroundings) {
        Element element = placed.field().element();
        List<String> own = surroundings.javadoc(element);
        return own.isEmpty() ? List.of("/// `" + placed.name() + "`: " + words(placed) + ".") : own;
    }

    /// What the field is, for a comment.
    static String words(Layout.Placed placed) {
        Field field = placed.field();
        String words =
                switch (field.shape()) {
                    case Shape.Numeric(Scalar scalar) -> scalar.words(field.order());
                    case Shape.BitField(int width, boolean signed, boolean flag) ->
                            (signed ? "signed, " : "")
                                    + (width == 1 ? "1 bit" : width + " bits")
                                    + ", the lowest at 2^"
                                    + placed.place().shift()
                                    + (placed.place().octets() == 1
                                            ? ""
                                            : " of a " + field.order().words + " number");
                    case Shape.Window window -> "octets";
                    case Shape.OctetRun run -> "octets";
                    case Shape.Nested(Layout layout) -> "`" + layout.name().path() + "`";
                };
        String constant = field.constant().isPresent() ? ", always " + literal(placed) : "";
        return (field.reserved() ? "reserved, " : "") + words + constant;
    }

    /// The value of a constant field in Java.
    static String literal(Layout.Placed placed) {
        NumberCode code = NumberCode.of(placed);
        long value = placed.field().constant().orElseThrow();
        String suffix = code.type().equals("long") ? "L" : "";
        boolean small = -10 < value && value < 10;
        boolean negative = value < 0 && placed.field().shape().signed();
        return small || negative ? value + suffix : "0x" + Long.toHexString(value) + suffix;
    }

    static void addConstants(Layout.Placed placed, StringBuilder constants) {
        Field field = placed.field();
        String upper = Members.upper(placed.name());
        if (field.reserved() && field.constant().isEmpty()) return;
        String access = (field.reserved() ? "private" : "public") + " static final ";
        constant(constants, access + "int OFFSET_" + upper, placed.place().offset());
        if (field.extent() instanceof Extent.Fixed(int count)) {
            constant(constants, access + "int COUNT_" + upper, count);
        }
        if (field.shape() instanceof Shape.Window(int octets)) {
            constant(constants, access + "int SIZE_" + upper, octets);
        }
        if (field.constant().isPresent()) {
            constant(
                    constants,
                    access + NumberCode.of(placed).type() + " VALUE_" + upper,
                    literal(placed));
        }
        if (field.isTail() && !(field.shape() instanceof Shape.OctetRun)) {
            constant(
                    constants,
                    "private static final int MOST_" + upper,
                    "(Integer.MAX_VALUE - OFFSET_" + upper + ") / " + placed.place().octets());
        }
    }

    private static void constant(StringBuilder constants, String name, Object value) {
        constants.append(name).append(" = ").append(value).append(";\n");
    }

    void addTo(SourceText body) {
        if (field.reserved()) {
            if (field.constant().isPresent()) {
                constantWriter(body, "private");
            }
            return;
        }
        if (field.extent().isArray() || field.shape() instanceof Shape.Nested) {
            place(body);
        }
        switch (field.shape()) {
            case Shape.Numeric number -> number(body);
            case Shape.BitField bits -> number(body);
            case Shape.Window window -> window(body);
            case Shape.OctetRun run -> run(body);
            case Shape.Nested nested -> {}
        }
    }

    /// Where an array's element, or something without a value of its own, begins.
    private void place(SourceText body) {
        boolean run = field.shape() instanceof Shape.OctetRun;
        List<String> comment = field.shape() instanceof Shape.Nested ? javadoc : List.of();
        if (!field.extent().isArray() || run) {
            body.member(
                    comment,
                    names.fill(
                            """
                            public static int $nameAt(int off) {
                                return off + OFFSET_$NAME;
                            }
                            """));
            return;
        }
        int octets = placed.place().octets();
        names.with("limit", field.isTail() ? "MOST_" : "COUNT_");
        names.with("stride", octets == 1 ? "" : " * " + octets);
        body.member(
                comment,
                names.fill(
                        """
                        public static int $nameAt(int off, int index) {
                            return off + OFFSET_$NAME + Objects.checkIndex(index, $limit$NAME)$stride;
                        }
                        """));
    }

    private void number(SourceText body) {
        NumberCode code = NumberCode.of(placed);
        names.with("type", code.type()).with("read", code.read(names.fill("$at")));
        if (field.atomic()) {
            atomic(body);
        } else if (field.codes().isPresent()) {
            named(body, code, field.codes().get());
        } else if (field.constant().isPresent()) {
            reader(body, javadoc);
            constantWriter(body, "public");
        } else {
            reader(body, javadoc);
            writer(
                    body,
                    "public static void put$Name(Cstruct buf, int off$index, $type v) {\n",
                    "v");
        }
    }

    private void reader(SourceText body, List<String> comment) {
        body.member(
                comment,
                names.fill(
                        """
                        public static $type $name(ReadOnlyCstruct buf, int off$index) {
                            return $read;
                        }
                        """));
    }

    private void writer(SourceText body, String head, String value) {
        body.member(
                names.fill(head)
                        + NumberCode.of(placed).write(names.fill("$at"), value).indent(4)
                        + "}");
    }

    private void constantWriter(SourceText body, String access) {
        writer(
                body,
                access + " static void put$Name(Cstruct buf, int off) {\n",
                names.fill("VALUE_$NAME"));
    }

    private void named(SourceText body, NumberCode code, Codes codes) {
        names.with("Value", imports.use(codes.name())).with("Codes", imports.use(codes.made()));
        names.with("arg", field.extent().isArray() ? ", index" : "");
        body.member(
                javadoc,
                names.fill(
                        """
                        public static $Value $name(ReadOnlyCstruct buf, int off$index) {
                            return $Codes.of($nameCode(buf, off$arg));
                        }
                        """));
        body.member(
                List.of(names.fill("/// The number that [#$name] names.")),
                names.fill(
                        """
                        public static $type $nameCode(ReadOnlyCstruct buf, int off$index) {
                            return $read;
                        }
                        """));
        names.with("put", code.write(names.fill("$at"), names.fill("$Codes.code(v)")).indent(4));
        body.member(
                names.fill(
                        """
                        public static void put$Name(Cstruct buf, int off$index, $Value v) {
                        $put}
                        """));
    }

    private void atomic(SourceText body) {
        names.with("Kind", Members.capital(NumberCode.of(placed).type()));
        for (String order : List.of("Opaque", "Acquire", "Volatile")) {
            names.with("Order", order);
            body.member(
                    order.equals("Opaque") ? javadoc : List.of(),
                    names.fill(
                            """
                            public static $type $name$Order(ReadOnlyCstruct buf, int off$index) {
                                return buf.get$Kind$Order($at);
                            }
                            """));
        }
        for (String order : List.of("Opaque", "Release", "Volatile")) {
            names.with("Order", order);
            body.member(
                    names.fill(
                            """
                            public static void put$Name$Order(Cstruct buf, int off$index, $type v) {
                                buf.put$Kind$Order($at, v);
                            }
                            """));
        }
        body.member(
                List.of(
                        "/// Writes `v` where `expected` stands, and tells whether it did; volatile."),
                names.fill(
                        """
                        public static boolean compareAndSet$Name(Cstruct buf, int off$index, $type expected, $type v) {
                            return buf.compareAndSet$Kind($at, expected, v);
                        }
                        """));
        body.member(
                List.of(
                        "/// Adds `delta`, wrapping, and returns what stood there before; volatile."),
                names.fill(
                        """
                        public static $type getAndAdd$Name(Cstruct buf, int off$index, $type delta) {
                            return buf.getAndAdd$Kind($at, delta);
                        }
                        """));
    }

    private void window(SourceText body) {
        body.member(
                javadoc,
                names.fill(
                        """
                        public static ReadOnlyCstruct $name(ReadOnlyCstruct buf, int off$index) {
                            return buf.sub($at, SIZE_$NAME);
                        }
                        """));
        body.member(
                javadoc,
                names.fill(
                        """
                        public static Cstruct $name(Cstruct buf, int off$index) {
                            return buf.sub($at, SIZE_$NAME);
                        }
                        """));
        body.member(
                names.fill(
                        """
                        public static void put$Name(Cstruct buf, int off$index, ReadOnlyCstruct v) {
                            if (v.length() != SIZE_$NAME) {
                                throw new IllegalArgumentException(
                                        "$name has " + SIZE_$NAME + " octets, not " + v.length());
                            }
                            buf.put($at, v);
                        }
                        """));
    }

    private void run(SourceText body) {
        boolean open = field.extent() instanceof Extent.Tail tail && tail.open();
        names.with(
                "window",
                names.fill(
                        open
                                ? "buf.shift($nameAt(off))"
                                : "buf.sub($nameAt(off), sizeOf$Name(buf, off))"));
        for (String type : List.of("ReadOnlyCstruct", "Cstruct")) {
            names.with("Window", type);
            body.member(
                    javadoc,
                    names.fill(
                            """
                            public static $Window $name($Window buf, int off) {
                                return $window;
                            }
                            """));
        }
    }
}
