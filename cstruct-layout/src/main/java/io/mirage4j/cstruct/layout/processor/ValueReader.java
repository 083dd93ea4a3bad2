// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.Optional;
import java.util.OptionalLong;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;

/// Reads which values a field may hold: `@Const` and `@Range`.
final class ValueReader {
    private final ExecutableElement method;
    private final Marks marks;
    private final Shape shape;
    private final Extent extent;
    private final boolean union;

    ValueReader(ExecutableElement method, Marks marks, Shape shape, Extent extent, boolean union) {
        this.method = method;
        this.marks = marks;
        this.shape = shape;
        this.extent = extent;
        this.union = union;
    }

    OptionalLong constant() throws Fault {
        if (!marks.has("Const")) return OptionalLong.empty();
        checkPossible("Const");
        long value = marks.longOf("Const", "value");
        Interval fits = Interval.ofBits(shape.integerBits(), shape.signed());
        if (!fits.contains(value)) {
            throw fault("@Const(" + value + ") does not fit the field (" + fits + ")");
        }
        return OptionalLong.of(value);
    }

    Optional<Interval> range() throws Fault {
        if (!marks.has("Range")) return Optional.empty();
        checkPossible("Range");
        if (marks.has("Const")) throw fault("both @Const and @Range: keep one");
        Interval fits = Interval.ofBits(shape.integerBits(), shape.signed());
        long min = marks.longOf("Range", "min");
        long max = marks.longOf("Range", "max");
        boolean minGiven = min != Long.MIN_VALUE;
        boolean maxGiven = max != Long.MAX_VALUE;
        Interval range =
                new Interval(
                        minGiven ? min : fits.min(),
                        maxGiven ? max : fits.max(),
                        fits.unsigned64());
        boolean negative = fits.unsigned64() && ((minGiven && min < 0) || (maxGiven && max < 0));
        if (negative || !fits.contains(range.min()) || !fits.contains(range.max())) {
            throw fault("@Range " + range + " does not fit the field (" + fits + ")");
        }
        boolean empty =
                fits.unsigned64()
                        ? Long.compareUnsigned(range.min(), range.max()) > 0
                        : range.min() > range.max();
        if (empty) throw fault("@Range " + range + " holds nothing: swap min and max");
        return Optional.of(range);
    }

    /// For a field that is not plainly read.
    void checkNone() throws Fault {
        if (marks.has("Const") || marks.has("Range")) {
            throw impossible(marks.has("Const") ? "Const" : "Range");
        }
    }

    private void checkPossible(String mark) throws Fault {
        if (union) {
            throw fault(
                    "@"
                            + mark
                            + " in a union can not be checked, since another field may hold: declare"
                            + " a layout for this case and put it there");
        }
        boolean unread = mark.equals("Range") && method.getReturnType().getKind() == TypeKind.VOID;
        if (shape.integerBits() == 0 || extent.isArray() || unread) throw impossible(mark);
    }

    private Fault impossible(String mark) {
        return fault("@" + mark + " is for a single whole number that is plainly read: drop it");
    }

    private Fault fault(String message) {
        return new Fault(method, message);
    }
}
