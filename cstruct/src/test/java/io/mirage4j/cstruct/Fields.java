// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.util.List;
import java.util.function.LongFunction;

/// Every accessor of a fixed size, each beside what a plain `byte[]` says it should do.
final class Fields {
    interface Read {
        Object from(ReadOnlyCstruct window, int off);
    }

    interface Write {
        void to(Cstruct window, int off, long v);
    }

    /// How a field lies in an array, an octet at a time.
    record Shape(String name, int size, boolean big) {
        long bits(byte[] model, int off) {
            long bits = 0;
            for (int i = 0; i < size; i++) {
                bits = (bits << 8) | (model[off + (big ? i : size - 1 - i)] & 0xff);
            }
            return bits;
        }

        void write(byte[] model, int off, long v) {
            for (int i = 0; i < size; i++) {
                model[off + (big ? size - 1 - i : i)] = (byte) (v >> (8 * i));
            }
        }
    }

    /// `meaning` makes the accessor's value of the field's bits.
    record Reader(Shape shape, Read ours, LongFunction<Object> meaning) {}

    record Writer(Shape shape, Write ours) {}

    static final List<Reader> READERS =
            List.of(
                    reader("u8", 1, true, ReadOnlyCstruct::u8, b -> (int) b),
                    reader("s8", 1, true, ReadOnlyCstruct::s8, b -> (byte) b),
                    reader("u16be", 2, true, ReadOnlyCstruct::u16be, b -> (int) b),
                    reader("u16le", 2, false, ReadOnlyCstruct::u16le, b -> (int) b),
                    reader("s16be", 2, true, ReadOnlyCstruct::s16be, b -> (short) b),
                    reader("s16le", 2, false, ReadOnlyCstruct::s16le, b -> (short) b),
                    reader("u24be", 3, true, ReadOnlyCstruct::u24be, b -> (int) b),
                    reader("u24le", 3, false, ReadOnlyCstruct::u24le, b -> (int) b),
                    reader("s24be", 3, true, ReadOnlyCstruct::s24be, b -> (int) signed(b, 24)),
                    reader("s24le", 3, false, ReadOnlyCstruct::s24le, b -> (int) signed(b, 24)),
                    reader("u32be", 4, true, ReadOnlyCstruct::u32be, b -> (int) b),
                    reader("u32le", 4, false, ReadOnlyCstruct::u32le, b -> (int) b),
                    reader("s32be", 4, true, ReadOnlyCstruct::s32be, b -> (int) b),
                    reader("s32le", 4, false, ReadOnlyCstruct::s32le, b -> (int) b),
                    reader("u40be", 5, true, ReadOnlyCstruct::u40be, b -> b),
                    reader("u40le", 5, false, ReadOnlyCstruct::u40le, b -> b),
                    reader("s40be", 5, true, ReadOnlyCstruct::s40be, b -> signed(b, 40)),
                    reader("s40le", 5, false, ReadOnlyCstruct::s40le, b -> signed(b, 40)),
                    reader("u48be", 6, true, ReadOnlyCstruct::u48be, b -> b),
                    reader("u48le", 6, false, ReadOnlyCstruct::u48le, b -> b),
                    reader("s48be", 6, true, ReadOnlyCstruct::s48be, b -> signed(b, 48)),
                    reader("s48le", 6, false, ReadOnlyCstruct::s48le, b -> signed(b, 48)),
                    reader("u64be", 8, true, ReadOnlyCstruct::u64be, b -> b),
                    reader("u64le", 8, false, ReadOnlyCstruct::u64le, b -> b),
                    reader("s64be", 8, true, ReadOnlyCstruct::s64be, b -> b),
                    reader("s64le", 8, false, ReadOnlyCstruct::s64le, b -> b),
                    reader("f32be", 4, true, ReadOnlyCstruct::f32be, Fields::asFloat),
                    reader("f32le", 4, false, ReadOnlyCstruct::f32le, Fields::asFloat),
                    reader("f64be", 8, true, ReadOnlyCstruct::f64be, Double::longBitsToDouble),
                    reader("f64le", 8, false, ReadOnlyCstruct::f64le, Double::longBitsToDouble));

    static final List<Writer> WRITERS =
            List.of(
                    writer("putU8", 1, true, (w, off, v) -> w.putU8(off, (int) v)),
                    writer("putU16be", 2, true, (w, off, v) -> w.putU16be(off, (int) v)),
                    writer("putU16le", 2, false, (w, off, v) -> w.putU16le(off, (int) v)),
                    writer("putU24be", 3, true, (w, off, v) -> w.putU24be(off, (int) v)),
                    writer("putU24le", 3, false, (w, off, v) -> w.putU24le(off, (int) v)),
                    writer("putU32be", 4, true, (w, off, v) -> w.putU32be(off, (int) v)),
                    writer("putU32le", 4, false, (w, off, v) -> w.putU32le(off, (int) v)),
                    writer("putU40be", 5, true, Cstruct::putU40be),
                    writer("putU40le", 5, false, Cstruct::putU40le),
                    writer("putU48be", 6, true, Cstruct::putU48be),
                    writer("putU48le", 6, false, Cstruct::putU48le),
                    writer("putU64be", 8, true, Cstruct::putU64be),
                    writer("putU64le", 8, false, Cstruct::putU64le));

    private static Reader reader(
            String name, int size, boolean big, Read ours, LongFunction<Object> meaning) {
        return new Reader(new Shape(name, size, big), ours, meaning);
    }

    private static Writer writer(String name, int size, boolean big, Write ours) {
        return new Writer(new Shape(name, size, big), ours);
    }

    private static long signed(long bits, int width) {
        return bits >= 1L << (width - 1) ? bits - (1L << width) : bits;
    }

    private static Object asFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private Fields() {}
}
