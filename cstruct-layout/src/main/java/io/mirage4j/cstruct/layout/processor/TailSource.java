// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.List;

/// Writes what a tail has beyond an array: how long it is, as its length field tells.
final class TailSource {
    private final Layout.Placed tail;
    private final Extent.Tail extent;
    private final Layout.Placed lengthField;
    private final Template names;

    /// `tail` has a length field.
    TailSource(Layout layout, Layout.Placed tail) {
        this.tail = tail;
        this.extent = (Extent.Tail) tail.field().extent();
        this.lengthField = layout.named(extent.lengthField());
        String length = lengthField.name();
        this.names =
                new Template()
                        .with("Name", Members.capital(tail.name()))
                        .with("octets", tail.place().octets() + "L")
                        .with("lengthName", length);
    }

    Layout.Placed lengthField() {
        return lengthField;
    }

    /// Java for the value of the length field as a `long`, where `value` is Java for the field.
    private String asLong(String value) {
        return isUnsignedInt(lengthField) ? "Integer.toUnsignedLong(" + value + ")" : value;
    }

    /// Tells whether a field is an `int` whose sign is none.
    static boolean isUnsignedInt(Layout.Placed placed) {
        Shape shape = placed.field().shape();
        return shape.integerBits() == 32 && !shape.signed();
    }

    /// Java for what the length field tells, in its own unit, where `value` is Java for the field.
    String told(String value) {
        int plus = extent.plus();
        return value
                + (extent.times() == 1 ? "" : " * " + extent.times() + "L")
                + (plus == 0 ? "" : (plus < 0 ? " - " : " + ") + Math.abs((long) plus) + "L");
    }

    /// Java for the number of elements, at most what an `int` holds, where `value` is Java for the
    /// field. No window has more, and no product of it overflows a `long`.
    String count(String value) {
        int octets = tail.place().octets();
        String told = told(value);
        if (isPlain()) return told;
        String elements =
                !extent.inOctets() || octets == 1
                        ? told
                        : (told.equals(value) ? told : "(" + told + ")") + " / " + octets;
        return "Math.clamp(" + elements + ", Integer.MIN_VALUE, Integer.MAX_VALUE)";
    }

    /// Tells whether some value of the length field gives the tail less than nothing.
    boolean canBeNegative() {
        return leastValue() > fits().min();
    }

    /// The least value of the length field that gives the tail nothing or more.
    long leastValue() {
        return Math.ceilDiv(-(long) extent.plus(), extent.times());
    }

    Interval fits() {
        Shape shape = lengthField.field().shape();
        return Interval.ofBits(shape.integerBits(), shape.signed());
    }

    /// How many octets there are for each that the length field tells of.
    int octetsPerUnit() {
        return extent.inOctets() ? 1 : tail.place().octets();
    }

    void addTo(SourceText body) {
        boolean run = tail.field().shape() instanceof Shape.OctetRun;
        String length = asLong(lengthField.name() + "(buf, off)");
        names.with("length", told(length)).with("count", count(length));
        String comment =
                canBeNegative()
                        ? "; negative where that is too small, which [#validate] finds."
                        : ".";
        body.member(
                List.of(
                        names.fill(
                                        run
                                                ? "/// How many octets the tail has, as [#$lengthName] tells"
                                                : "/// How many elements the tail has, as [#$lengthName] tells")
                                + comment),
                names.fill(run ? SIZE_OF_RUN : COUNT_OF_ELEMENTS));
        body.member(
                List.of("/// How many octets there are, tail included."),
                names.fill(extent.inOctets() || octetsPerUnit() == 1 ? SIZE : SIZE_OF_ELEMENTS));
    }

    /// Tells whether the count is the field itself.
    private boolean isPlain() {
        Shape shape = lengthField.field().shape();
        return extent.times() == 1
                && extent.plus() == 0
                && !extent.inOctets()
                && shape.integerBits() < 32;
    }

    private static final String SIZE_OF_RUN =
            """
            public static int sizeOf$Name(ReadOnlyCstruct buf, int off) {
                return $count;
            }
            """;

    private static final String COUNT_OF_ELEMENTS =
            """
            public static int countOf$Name(ReadOnlyCstruct buf, int off) {
                return $count;
            }
            """;

    private static final String SIZE =
            """
            public static long sizeOf(ReadOnlyCstruct buf, int off) {
                return (long) SIZE + $length;
            }
            """;

    private static final String SIZE_OF_ELEMENTS =
            """
            public static long sizeOf(ReadOnlyCstruct buf, int off) {
                return SIZE + countOf$Name(buf, off) * $octets;
            }
            """;
}
