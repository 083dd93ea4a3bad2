// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

/// The Java that reads and writes one number or bit field by Cstruct's accessors. `at` is the Java
/// for the offset of its first octet.
sealed interface NumberCode {
    /// The Java type of the value.
    String type();

    /// An expression for the value.
    String read(String at);

    /// Statements that write `value`, an expression of [#type].
    String write(String at, String value);

    static NumberCode of(Layout.Placed placed) {
        Field field = placed.field();
        return switch (field.shape()) {
            case Shape.Numeric(Scalar scalar) -> new Whole(scalar, field.order());
            case Shape.BitField bits -> new Slice(bits, field.order(), placed.place());
            default -> throw new AssertionError("no number: " + field.name());
        };
    }

    /// A number that Cstruct has an accessor for.
    record Whole(Scalar scalar, Order order) implements NumberCode {
        @Override
        public String type() {
            return scalar.type();
        }

        @Override
        public String read(String at) {
            return "buf." + scalar.reader(order) + "(" + at + ")";
        }

        @Override
        public String write(String at, String value) {
            return "buf." + scalar.writer(order) + "(" + at + ", " + value + ");";
        }
    }

    /// Some bits of a slice of 1 to 8 octets.
    record Slice(Shape.BitField bits, Order order, Place place) implements NumberCode {
        @Override
        public String type() {
            return bits.flag() ? "boolean" : bits.width() <= 32 ? "int" : "long";
        }

        @Override
        public String read(String at) {
            String slice = readSlice(at);
            if (bits.flag()) return "(" + slice + " & " + hex(mask()) + ") != 0";
            String value = place.shift() == 0 ? slice : slice + " >>> " + place.shift();
            boolean narrowed = isLong() && type().equals("int");
            if (narrowed) {
                value = "(int) " + (place.shift() == 0 ? value : "(" + value + ")");
            }
            int room = (type().equals("int") ? 32 : 64) - bits.width();
            if (room == 0) return value;
            String operand = place.shift() == 0 || narrowed ? value : "(" + value + ")";
            if (bits.signed()) return operand + " << " + room + " >> " + room;
            return reachesTop() ? value : operand + " & " + hexOf(type(), low(bits.width()));
        }

        @Override
        public String write(String at, String value) {
            if (bits.width() == place.octets() * 8) return writeSlice(at, value);
            if (bits.flag()) {
                return "int others = "
                        + readSlice(at)
                        + " & "
                        + hex(others())
                        + ";\n"
                        + writeSlice(at, value + " ? others | " + hex(mask()) + " : others");
            }
            String placed = "(" + value + " & " + hex(low(bits.width())) + ")";
            if (place.shift() > 0) {
                placed = "(" + placed + " << " + place.shift() + ")";
            }
            String type = isLong() ? "long" : "int";
            return type
                    + " others = "
                    + readSlice(at)
                    + " & "
                    + hex(others())
                    + ";\n"
                    + writeSlice(at, "others | " + placed);
        }

        /// The slice as an unsigned number; Cstruct has none of seven octets.
        private String readSlice(String at) {
            if (place.octets() != 7) return "buf." + scalar().reader(order) + "(" + at + ")";
            return order == Order.BIG
                    ? "(buf.u48be(" + at + ") << 8 | buf.u8(" + at + " + 6))"
                    : "(buf.u48le(" + at + ") | (long) buf.u8(" + at + " + 6) << 48)";
        }

        private String writeSlice(String at, String value) {
            if (place.octets() != 7) {
                return "buf." + scalar().writer(order) + "(" + at + ", " + value + ");";
            }
            return "long all = "
                    + value
                    + ";\n"
                    + (order == Order.BIG
                            ? "buf.putU48be("
                                    + at
                                    + ", all >>> 8);\n"
                                    + "buf.putU8("
                                    + at
                                    + " + 6, (int) all);"
                            : "buf.putU48le("
                                    + at
                                    + ", all);\n"
                                    + "buf.putU8("
                                    + at
                                    + " + 6, (int) (all >>> 48));");
        }

        private Scalar scalar() {
            return Scalar.valueOf("U" + place.octets() * 8);
        }

        private boolean isLong() {
            return place.octets() > 4;
        }

        private boolean reachesTop() {
            return place.shift() + bits.width() == place.octets() * 8;
        }

        /// The bits of the field in the slice.
        private long mask() {
            return low(bits.width()) << place.shift();
        }

        /// The bits of the slice that are not the field's.
        private long others() {
            return low(place.octets() * 8) & ~mask();
        }

        private static long low(int width) {
            return -1L >>> (64 - width);
        }

        private String hex(long bits) {
            return hexOf(isLong() ? "long" : "int", bits);
        }

        private static String hexOf(String type, long bits) {
            return "0x" + Long.toHexString(bits) + (type.equals("long") ? "L" : "");
        }
    }
}
