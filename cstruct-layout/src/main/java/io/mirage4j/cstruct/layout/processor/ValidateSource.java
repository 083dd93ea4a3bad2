// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Optional;

/// Writes `validate`. Each field is read once, so what was judged is what was read.
final class ValidateSource {
    private final Layout layout;
    private final Imports imports;
    private final Optional<TailSource> tail;
    private final StringBuilder code = new StringBuilder();

    ValidateSource(Layout layout, Imports imports) {
        this.layout = layout;
        this.imports = imports;
        this.tail = layout.countedTail().map(placed -> new TailSource(layout, placed));
    }

    void addTo(SourceText body) {
        for (Layout.Placed placed : layout.fields()) {
            Field field = placed.field();
            boolean isLength = tail.map(t -> t.lengthField().equals(placed)).orElse(false);
            if (layout.union() || (!Layout.isChecked(field) && !isLength) || field.isTail()) {
                continue;
            }
            if (field.shape() instanceof Shape.Nested(Layout nested)) {
                nested(placed, nested);
            } else {
                value(placed, isLength);
            }
        }
        layout.tail().ifPresent(this::tail);
        body.member(
                new Template()
                        .with("layout", layout.name().simple())
                        .with("checks", code.toString().stripTrailing().indent(4))
                        .fill(
                                """
                                /// Judges the `available` octets from `off`: whether they suffice, and whether each field \
                                holds what its declaration asks for.
                                public static Verdict validate(ReadOnlyCstruct buf, int off, int available) {
                                    if (available < SIZE) {
                                        return new Verdict.Truncated("$layout", SIZE, available);
                                    }
                                $checks    return Verdict.Ok.OK;
                                }
                                """));
    }

    /// The local variable of a field. No two fields have the same, and none of those that the
    /// method has for other things ends so: `buf`, `off`, `available`, `needed`, `i`.
    private static String local(String name) {
        return name + "Value";
    }

    private Template names(Layout.Placed placed) {
        return new Template()
                .with("name", placed.name())
                .with("local", local(placed.name()))
                .with("NAME", Members.upper(placed.name()));
    }

    private void value(Layout.Placed placed, boolean isLength) {
        Field field = placed.field();
        NumberCode number = NumberCode.of(placed);
        boolean widened = TailSource.isUnsignedInt(placed);
        Template names = names(placed);
        String read =
                field.reserved()
                        ? number.read(names.fill("off + OFFSET_$NAME"))
                        : names.fill("$name(buf, off)");
        names.with("type", widened ? "long" : number.type())
                .with("read", widened ? "Integer.toUnsignedLong(" + read + ")" : read)
                .with(
                        "expected",
                        names.fill(
                                widened ? "Integer.toUnsignedLong(VALUE_$NAME)" : "VALUE_$NAME"));
        String condition = field.range().map(range -> outside(placed, range)).orElse("");
        if (field.constant().isEmpty() && condition.isEmpty() && !isLength) return;
        code.append(names.fill("$type $local = $read;\n"));
        if (field.constant().isPresent()) {
            code.append(
                    names.fill(
                            """
                            if ($local != $expected) {
                                return new Verdict.WrongConstant("$name", $local, $expected);
                            }
                            """));
        }
        if (!condition.isEmpty()) {
            Interval range = field.range().orElseThrow();
            code.append(
                    names.with("condition", condition)
                            .with("min", number(range.min()))
                            .with("max", number(range.max()))
                            .fill(
                                    """
                                    if ($condition) {
                                        return new Verdict.OutOfRange("$name", $local, $min, $max);
                                    }
                                    """));
        }
    }

    /// The condition under which a field is outside its range; empty if it can not be.
    private static String outside(Layout.Placed placed, Interval range) {
        Shape shape = placed.field().shape();
        Interval fits = Interval.ofBits(shape.integerBits(), shape.signed());
        String local = local(placed.name());
        String below = "";
        String above = "";
        if (range.min() != fits.min()) {
            below =
                    range.unsigned64()
                            ? "Long.compareUnsigned(" + local + ", " + number(range.min()) + ") < 0"
                            : local + " < " + number(range.min());
        }
        if (range.max() != fits.max()) {
            above =
                    range.unsigned64()
                            ? "Long.compareUnsigned(" + local + ", " + number(range.max()) + ") > 0"
                            : local + " > " + number(range.max());
        }
        return below + (below.isEmpty() || above.isEmpty() ? "" : " || ") + above;
    }

    private static String number(long value) {
        return value == (int) value ? Long.toString(value) : value + "L";
    }

    private void nested(Layout.Placed placed, Layout nested) {
        Template names = names(placed).with("Nested", imports.use(nested.name().made("Layout")));
        code.append(
                names.fill(
                        placed.field().extent().isArray()
                                ? """
                                for (int i = 0; i < COUNT_$NAME; i++) {
                                    Verdict $local = $Nested.validate(buf, $nameAt(off, i), $Nested.SIZE);
                                    if (!$local.isOk()) {
                                        return $local.within("$name", i);
                                    }
                                }
                                """
                                : """
                                Verdict $local = $Nested.validate(buf, $nameAt(off), $Nested.SIZE);
                                if (!$local.isOk()) {
                                    return $local.within("$name");
                                }
                                """));
    }

    /// The tail: its length field is read already, if it has one.
    private void tail(Layout.Placed placed) {
        if (tail.isEmpty()) return;
        TailSource source = tail.get();
        String length = source.lengthField().name();
        String told = source.told(local(length));
        int unit = source.octetsPerUnit();
        Template names =
                names(placed)
                        .with("length", length)
                        .with("lengthLocal", local(length))
                        .with("least", number(source.leastValue()))
                        .with("most", number(source.fits().max()));
        if (source.canBeNegative()) {
            code.append(
                    names.fill(
                            """
                            if ($lengthLocal < $least) {
                                return new Verdict.OutOfRange("$length", $lengthLocal, $least, $most);
                            }
                            """));
        }
        String needed =
                unit == 1
                        ? "(long) SIZE + " + told
                        : "SIZE + " + source.count(local(length)) + " * " + unit + "L";
        code.append(
                names.with("needed", needed)
                        .fill(
                                """
                                long needed = $needed;
                                if (needed > available) {
                                    return new Verdict.Truncated("$name", needed, available);
                                }
                                """));
        if (placed.field().shape() instanceof Shape.Nested(Layout nested) && nested.hasChecks()) {
            code.append(
                    names.with("Nested", imports.use(nested.name().made("Layout")))
                            .with("octets", placed.place().octets())
                            .fill(
                                    """
                                    for (int i = 0; i < (needed - SIZE) / $octets; i++) {
                                        Verdict $local = $Nested.validate(buf, $nameAt(off, i), $Nested.SIZE);
                                        if (!$local.isOk()) {
                                            return $local.within("$name", i);
                                        }
                                    }
                                    """));
        }
    }
}
