// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/// Reads one method of a layout's interface as a field.
final class FieldReader {
    private static final String WINDOW = "io.mirage4j.cstruct.Cstruct";
    private static final int MOST_TIMES = 32767;

    private final Catalogue catalogue;
    private final ExecutableElement method;
    private final Order layoutOrder;
    private final boolean union;
    private final Marks marks;

    FieldReader(Catalogue catalogue, ExecutableElement method, Order layoutOrder, boolean union) {
        this.catalogue = catalogue;
        this.method = method;
        this.layoutOrder = layoutOrder;
        this.union = union;
        this.marks = Marks.of(method, catalogue.elements());
    }

    Field read() throws Fault {
        checkForm();
        TypeMirror type = method.getReturnType();
        boolean reserved = type.getKind() == TypeKind.VOID;
        Extent extent = extent(type);
        TypeMirror element =
                type instanceof ArrayType array && extent.isArray()
                        ? array.getComponentType()
                        : type;
        Optional<Codes> codes = codes(element);
        Shape shape = shape(element, extent);
        if (codes.isPresent()) {
            checkCodes(shape, codes.get());
        } else if (!reserved) {
            checkType(shape, element);
        }
        boolean atomic = marks.has("Atomic");
        checkAtomic(atomic, shape, reserved);
        ValueReader values = new ValueReader(method, marks, shape, extent, union);
        if (atomic || codes.isPresent()) {
            values.checkNone();
        }
        return new Field(
                method,
                method.getSimpleName().toString(),
                shape,
                extent,
                order(shape, atomic),
                reserved,
                atomic,
                codes,
                marks.has("Align") ? DeclarationReader.power(marks, "Align", method) : 1,
                at(),
                group(shape),
                values.constant(),
                values.range());
    }

    private Fault fault(String message) {
        return new Fault(method, message);
    }

    private void checkForm() throws Fault {
        if (!method.getParameters().isEmpty() || !method.getTypeParameters().isEmpty()) {
            throw fault("a field has no parameters: drop them");
        }
        if (!method.getModifiers().contains(Modifier.ABSTRACT)) {
            throw fault("a field has no body: drop it, or make the method static");
        }
    }

    private Extent extent(TypeMirror type) throws Fault {
        boolean array = type.getKind() == TypeKind.ARRAY;
        boolean reserved = type.getKind() == TypeKind.VOID;
        if (marks.has("Count") && marks.has("Tail")) throw fault("both @Count and @Tail: keep one");
        if (marks.has("Count")) {
            int count = marks.intOf("Count");
            if (count < 1) throw fault("@Count(" + count + ") must be 1 or more");
            if (!array && !reserved) throw fault("@Count makes an array: return " + type + "[]");
            return new Extent.Fixed(count);
        }
        if (marks.has("Tail")) {
            if (!array && !type.toString().equals(WINDOW)) {
                throw fault(
                        "@Tail makes an array, or a window on octets: return "
                                + (reserved ? "" : type + "[] or ")
                                + "Cstruct");
            }
            return tail();
        }
        if (array) throw fault("an array needs a length: write @Count(n), or @Tail at the end");
        return new Extent.One();
    }

    private Extent tail() throws Fault {
        String count = marks.textOf("Tail", "count");
        String octets = marks.textOf("Tail", "octets");
        int times = marks.intOf("Tail", "times");
        if (!count.isEmpty() && !octets.isEmpty()) {
            throw fault("both count and octets: keep the one that the field means");
        }
        if (times < 1 || times > MOST_TIMES) {
            throw fault("times = " + times + " must be 1.." + MOST_TIMES);
        }
        return new Extent.Tail(
                octets.isEmpty() ? count : octets,
                !octets.isEmpty(),
                times,
                marks.intOf("Tail", "plus"));
    }

    private Shape shape(TypeMirror type, Extent extent) throws Fault {
        List<String> widths = new ArrayList<>(marks.among(Scalar.NAMES));
        if (marks.has("Bits")) {
            widths.add("Bits");
        }
        if (marks.has("Octets")) {
            widths.add("Octets");
        }
        if (widths.size() > 1) {
            throw fault("both @" + widths.get(0) + " and @" + widths.get(1) + ": keep one");
        }
        if (widths.isEmpty()) return shapeByType(type, extent);
        return switch (widths.getFirst()) {
            case "Bits" -> bits(type, extent);
            case "Octets" -> window();
            default -> new Shape.Numeric(Scalar.valueOf(widths.getFirst()));
        };
    }

    private Shape bits(TypeMirror type, Extent extent) throws Fault {
        int width = marks.intOf("Bits");
        if (width < 1 || width > 64) throw fault("@Bits(" + width + ") must be 1..64");
        if (extent.isArray()) {
            throw fault("bits make no array: write a method for each, or declare a layout of them");
        }
        boolean flag = type.getKind() == TypeKind.BOOLEAN;
        if (flag && width != 1) throw fault("a boolean has one bit, not " + width + ": return int");
        return new Shape.BitField(width, marks.flagOf("Bits", "signed"), flag);
    }

    private Shape window() throws Fault {
        int octets = marks.intOf("Octets");
        if (octets < 1) throw fault("@Octets(" + octets + ") must be 1 or more");
        return new Shape.Window(octets);
    }

    private Shape shapeByType(TypeMirror type, Extent extent) throws Fault {
        if (type.getKind() == TypeKind.ERROR) throw Fault.toldAlready(method);
        if (type.toString().equals(WINDOW) && extent instanceof Extent.Tail) {
            if (method.getReturnType().getKind() == TypeKind.ARRAY) {
                throw fault("its elements have no length: write @Octets(n), or return Cstruct");
            }
            return new Shape.OctetRun();
        }
        if (type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && Marks.of(element, catalogue.elements()).has("Layout")) {
            Layout layout = catalogue.nested(element, method);
            if (layout.tail().isPresent()) {
                throw fault(
                        layout.name().simple()
                                + " has a tail, so its size is not known here: declare its fixed"
                                + " part as a layout of its own and nest that");
            }
            return new Shape.Nested(layout);
        }
        throw fault("its width is not said: " + adviceFor(type));
    }

    private String adviceFor(TypeMirror type) {
        return switch (type.getKind()) {
            case INT -> "write @U8 to @U32, @S8 to @S32 or @Bits(n) on it";
            case LONG -> "write @U40 to @U64, @S40 to @S64 or @Bits(n) on it";
            case BOOLEAN -> "write @Bits(1) on it";
            case FLOAT -> "write @F32 on it";
            case DOUBLE -> "write @F64 on it";
            case VOID -> "write @Octets(n), @Bits(n) or a number's width on it";
            case DECLARED ->
                    type.toString().equals(WINDOW)
                            ? "write @Octets(n) on it, or @Tail at the end"
                            : "write a number's width on it if "
                                    + type
                                    + " is @Codes, or declare "
                                    + type
                                    + " as a @Layout";
            default -> "return int, long, float, double, boolean, Cstruct, @Codes or a @Layout";
        };
    }

    private Optional<Codes> codes(TypeMirror type) throws Fault {
        if (type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element) {
            if (Marks.of(element, catalogue.elements()).has("Codes")) {
                Optional<Codes> codes = catalogue.codes(element);
                if (codes.isEmpty()) throw Fault.toldAlready(method);
                return codes;
            }
            if (element.getKind() == ElementKind.ENUM) {
                throw fault(
                        "an enum can not hold the numbers it has no name for: return a sealed"
                                + " interface with @Codes");
            }
        }
        return Optional.empty();
    }

    private void checkCodes(Shape shape, Codes codes) throws Fault {
        int bits = shape.integerBits();
        String name = codes.name().simple();
        if (bits == 0) {
            throw fault(name + " names whole numbers: write @U8 to @U64 or @Bits(n) on it");
        }
        if (codes.wide() != bits > 32) {
            throw fault(
                    codes.wide()
                            ? name + " has long numbers: make its record (int code) for this field"
                            : name
                                    + " has int numbers: make its record (long code) for this field");
        }
        Interval fits = Interval.ofBits(bits, shape.signed());
        for (Codes.Constant constant : codes.constants()) {
            if (!fits.contains(constant.code())) {
                throw fault(
                        codes.name().simple()
                                + "."
                                + constant.name()
                                + " = "
                                + constant.code()
                                + " does not fit the field ("
                                + fits
                                + "): widen it");
            }
        }
    }

    private void checkType(Shape shape, TypeMirror type) throws Fault {
        switch (shape) {
            case Shape.Numeric(Scalar scalar) -> expect("@" + scalar.name(), scalar.type(), type);
            case Shape.BitField(int width, boolean signed, boolean flag) -> {
                if (!flag) {
                    expect("@Bits(" + width + ")", width <= 32 ? "int" : "long", type);
                }
            }
            case Shape.Window(int octets) -> {
                if (!type.toString().equals(WINDOW)) {
                    throw fault("@Octets is read as Cstruct, not " + type + ": return Cstruct");
                }
            }
            case Shape.OctetRun run -> {}
            case Shape.Nested nested -> {}
        }
    }

    private void expect(String mark, String expected, TypeMirror type) throws Fault {
        if (!type.toString().equals(expected)) {
            throw fault(
                    mark
                            + " is read as "
                            + expected
                            + ", not "
                            + type
                            + ": return "
                            + expected
                            + " or change the width");
        }
    }

    private Order order(Shape shape, boolean atomic) throws Fault {
        Order own = DeclarationReader.order(marks, method, Order.UNSAID);
        boolean ordered =
                shape instanceof Shape.BitField
                        || (shape instanceof Shape.Numeric(Scalar scalar) && scalar.octets() > 1);
        if (!ordered) {
            if (own != Order.UNSAID) {
                throw fault(
                        shape instanceof Shape.Nested
                                ? "a nested layout has a byte order of its own: say it there"
                                : "one octet, or a window on some, has no byte order: drop it");
            }
            return own;
        }
        Order order = own == Order.UNSAID ? layoutOrder : own;
        if (atomic) {
            if (order == Order.BIG) {
                throw fault(
                        "atomic fields have the byte order of the machine, which is little-endian:"
                                + " write @LittleEndian on it");
            }
            return Order.LITTLE;
        }
        if (order == Order.UNSAID) {
            throw fault(
                    "its byte order is not said: write @BigEndian or @LittleEndian on the layout"
                            + " or on this field");
        }
        return order;
    }

    private void checkAtomic(boolean atomic, Shape shape, boolean reserved) throws Fault {
        boolean possible =
                shape instanceof Shape.Numeric(Scalar scalar)
                        && !scalar.floating()
                        && (scalar.bits() == 32 || scalar.bits() == 64);
        if (atomic && (!possible || reserved || marks.has("Tail"))) {
            throw fault("@Atomic is for @U32, @S32, @U64 and @S64 in the fixed part of a layout");
        }
    }

    private OptionalInt at() throws Fault {
        if (!marks.has("At")) return OptionalInt.empty();
        int at = marks.intOf("At");
        if (at < 0) throw fault("@At(" + at + ") must be 0 or more");
        return OptionalInt.of(at);
    }

    private Optional<BitGroup> group(Shape shape) throws Fault {
        if (!marks.has("BitGroup")) return Optional.empty();
        int octets = marks.intOf("BitGroup", "octets");
        if (!(shape instanceof Shape.BitField)) {
            throw fault("@BitGroup begins a group of @Bits fields: drop it here");
        }
        if (octets < 1 || octets > 8) {
            throw fault("@BitGroup of " + octets + " octets must have 1..8");
        }
        boolean lowestFirst = marks.constantOf("BitGroup", "first").equals("LOWEST");
        return Optional.of(new BitGroup(octets, lowestFirst));
    }
}
