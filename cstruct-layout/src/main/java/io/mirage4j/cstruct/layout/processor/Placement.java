// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javax.lang.model.util.Elements;

/// Gives every field of a declaration its place, one after the other, and judges what only shows
/// then: overlaps, tails, sizes, names.
final class Placement {
    private static final int WIDEST_LENGTH_FIELD = 48;

    private final Declaration declaration;
    private final Elements elements;
    private final List<Layout.Placed> placed = new ArrayList<>();

    /// Where the next field begins if nothing aligns it; in a union, where the longest ends.
    private long end;

    /// The field that ends there.
    private String last = "";

    private int alignment;
    private int atomicAlignment = 1;

    Placement(Declaration declaration, Elements elements) {
        this.declaration = declaration;
        this.elements = elements;
        this.alignment = declaration.align();
    }

    Layout layout() throws Fault {
        if (declaration.fields().isEmpty()) {
            throw new Fault(declaration.element(), "a layout has a field at least: declare one");
        }
        List<Field> fields = declaration.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.isBits()) {
                BitRun run = new BitRun(field);
                run.add(field);
                while (!run.isFull()) {
                    boolean more = i + 1 < fields.size() && fields.get(i + 1).isBits();
                    if (!more || declaration.union()) throw run.unfilled();
                    run.add(fields.get(++i));
                }
                place(field, run);
            } else {
                place(field);
            }
        }
        Layout layout =
                new Layout(
                        declaration.element(),
                        TypeName.of(declaration.element(), elements),
                        List.copyOf(placed),
                        declaration.union(),
                        size(),
                        alignment,
                        atomicAlignment);
        checkTail(layout);
        new Members(layout).check();
        return layout;
    }

    private void place(Field first, BitRun run) throws Fault {
        int natural = Math.min(run.alignment(), declaration.cAlignment());
        long offset = begin(first, natural);
        advance(first, offset, run.octets());
        placed.addAll(run.placed((int) offset));
    }

    private void place(Field field) throws Fault {
        int natural = 1;
        if (declaration.cAlignment() > 1) {
            // A nested layout knows the alignment of its own ABI; only numbers are capped here.
            natural =
                    field.shape() instanceof Shape.Nested(Layout layout)
                            ? layout.alignment()
                            : Math.min(field.shape().alignment(), declaration.cAlignment());
        }
        long offset = begin(field, natural);
        int octets = field.shape().octets();
        checkAtomic(field, offset);
        advance(field, offset, (long) octets * field.extent().fixedCount());
        placed.add(new Layout.Placed(field, new Place((int) offset, octets, 0)));
    }

    /// Where `field` begins.
    private long begin(Field field, int natural) throws Fault {
        int align = Math.max(natural, field.align());
        alignment = Math.max(alignment, align);
        long from = declaration.union() ? 0 : end;
        if (field.at().isPresent()) {
            int at = field.at().getAsInt();
            if (at < from) {
                throw field.fault(
                        "it overlaps "
                                + last
                                + ", which ends at "
                                + end
                                + ": move it to @At("
                                + end
                                + ") or later, or declare both in a @Union");
            }
            if (at % field.align() != 0) {
                throw field.fault(
                        "@At("
                                + at
                                + ") is no multiple of @Align("
                                + field.align()
                                + "): change one of them");
            }
            from = at;
        }
        return field.at().isPresent() ? from : alignUp(from, align);
    }

    private void advance(Field field, long offset, long octets) throws Fault {
        long to = offset + octets;
        if (to > Integer.MAX_VALUE) {
            throw field.fault(
                    "it ends at "
                            + to
                            + ", but a layout has at most "
                            + Integer.MAX_VALUE
                            + " octets: make it shorter");
        }
        if (to >= end) {
            end = to;
            last = field.name();
        }
    }

    private void checkAtomic(Field field, long offset) throws Fault {
        int needed =
                switch (field.shape()) {
                    case Shape.Numeric(Scalar scalar) -> field.atomic() ? scalar.octets() : 1;
                    case Shape.Nested(Layout layout) -> layout.atomicAlignment();
                    default -> 1;
                };
        atomicAlignment = Math.max(atomicAlignment, needed);
        if (offset % needed != 0) {
            throw field.fault(
                    "atomic access needs a multiple of "
                            + needed
                            + ", and it begins at "
                            + offset
                            + ": write @Align("
                            + needed
                            + ") on it");
        }
        if (field.extent().isArray() && field.shape().octets() % needed != 0) {
            throw field.fault(
                    "its elements have atomic fields at multiples of "
                            + needed
                            + " and are "
                            + field.shape().octets()
                            + " octets long: write @Align("
                            + needed
                            + ") on their layout");
        }
    }

    private int size() throws Fault {
        boolean hasTail = declaration.fields().stream().anyMatch(Field::isTail);
        long size = hasTail ? end : alignUp(end, alignment);
        if (size > Integer.MAX_VALUE) {
            throw new Fault(
                    declaration.element(),
                    "it has "
                            + size
                            + " octets, but at most "
                            + Integer.MAX_VALUE
                            + " are possible: make it shorter");
        }
        int expected = declaration.expectedSize();
        if (expected != 0 && expected != size) {
            throw new Fault(
                    declaration.element(),
                    "it has "
                            + size
                            + " octets, not "
                            + expected
                            + ": "
                            + last
                            + " ends at "
                            + end
                            + "; look for a missing field, @CAligned or @Align");
        }
        return (int) size;
    }

    private void checkTail(Layout layout) throws Fault {
        for (Layout.Placed tail : layout.fields()) {
            if (tail.field().extent() instanceof Extent.Tail extent) {
                checkIsLast(layout, tail.field());
                if (!extent.open()) {
                    checkLengthField(tail.field(), extent.lengthField());
                }
            }
        }
    }

    private static void checkIsLast(Layout layout, Field tail) throws Fault {
        if (layout.union()) {
            throw tail.fault(
                    "a union has no tail: declare a layout for this case and put it there");
        }
        Field lastField = layout.fields().getLast().field();
        if (!lastField.equals(tail)) {
            throw tail.fault(
                    "a tail ends its layout, but "
                            + lastField.name()
                            + " follows: move the tail to the end");
        }
    }

    private void checkLengthField(Field tail, String name) throws Fault {
        Field length =
                declaration.fields().stream()
                        .filter(field -> field.name().equals(name) && !field.reserved())
                        .findFirst()
                        .orElseThrow(() -> tail.fault(unknownLength(name)));
        if (!tellsLength(length)) {
            throw tail.fault(
                    name
                            + " can not tell a length: that is for a single, plain whole number of at"
                            + " most "
                            + WIDEST_LENGTH_FIELD
                            + " bits");
        }
    }

    private static boolean tellsLength(Field field) {
        int bits = field.shape().integerBits();
        return bits > 0
                && bits <= WIDEST_LENGTH_FIELD
                && !field.reserved()
                && !field.extent().isArray()
                && !field.atomic()
                && field.codes().isEmpty();
    }

    private String unknownLength(String name) {
        String names =
                declaration.fields().stream()
                        .filter(Placement::tellsLength)
                        .map(Field::name)
                        .collect(Collectors.joining(", "));
        return "there is no field "
                + name
                + " to tell its length"
                + (names.isEmpty() ? "" : ": name one of " + names);
    }

    private static long alignUp(long offset, int align) {
        return (offset + align - 1) & -align;
    }
}
