// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;

/// A window over memory that can be read and written: the buffer that every module shares. What it
/// reads and how it is narrowed stands at [ReadOnlyCstruct].
///
/// ```java
/// Cstruct frame = Cstruct.create(64);
/// frame.putU16be(12, 0x0800);
/// Cstruct payload = frame.shift(14);
/// payload.putU8(0, 0x45);
/// ```
///
/// `putU8`, `putU16…`, `putU24…` and so on take the low bits of their argument, signed or not.
/// Writers with a memory order use the machine's byte order and must be aligned. On a heap window
/// they take the array's monitor, since the JVM has no atomic access to `byte[]`: correct among
/// themselves and slow, so what is shared in earnest lives on pages.
///
/// The writers and [#sub] allocate nothing that outlives the call.
public final class Cstruct extends ReadOnlyCstruct {
    private static final Cstruct EMPTY = new Cstruct(new byte[0], null, 0, 0);

    Cstruct(byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int length) {
        super(heap, segment, base, length);
    }

    public static Cstruct empty() {
        return EMPTY;
    }

    /// A new window of `length` zero octets on the heap.
    public static Cstruct create(int length) {
        if (length < 0) throw new IllegalArgumentException("length " + length + " < 0");
        return new Cstruct(new byte[length], null, 0, length);
    }

    /// A new window of `length` zero octets that live and die with `arena`.
    public static Cstruct allocate(Arena arena, int length, int alignment) {
        return of(arena.allocate(length, alignment));
    }

    /// A new window of `length` zero octets outside of the heap, which are there as long as a
    /// window over them is. No arena can take them away, so where the program is given native
    /// access an access to them is checked against the window, and against nothing else.
    public static Cstruct allocate(int length, int alignment) {
        MemorySegment segment = Arena.ofAuto().allocate(length, alignment);
        return new Cstruct(null, segment, RawMemory.baseOf(segment, true), length);
    }

    /// A window over a whole array. No copy.
    public static Cstruct of(byte[] array) {
        return new Cstruct(array, null, 0, array.length);
    }

    /// A window over the `len` elements of an array from `off`. No copy.
    public static Cstruct of(byte[] array, int off, int len) {
        checkArray(array, off, len);
        return new Cstruct(array, null, off, len);
    }

    /// A window over the remaining octets of a buffer. No copy; the buffer's position stays.
    public static Cstruct of(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException(
                    "buffer is read-only: use ReadOnlyCstruct.of for a window without writers");
        }
        if (buffer.hasArray()) {
            return of(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        return of(MemorySegment.ofBuffer(buffer));
    }

    /// A window over a whole segment: native, mapped, or over a `byte[]` (no other array). No copy.
    /// It lives as long as the segment's arena.
    public static Cstruct of(MemorySegment segment) {
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException(
                    "segment is read-only: use ReadOnlyCstruct.of for a window without writers");
        }
        return windowOver(segment);
    }

    /// As [#of(MemorySegment)], for a segment that may be read-only: the caller gives the right to
    /// write away.
    static Cstruct windowOver(MemorySegment segment) {
        long size = segment.byteSize();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "segment of "
                            + size
                            + " octets is larger than a window can be ("
                            + Integer.MAX_VALUE
                            + "): take a slice of it");
        }
        if (!segment.isNative()) {
            if (segment.heapBase().orElse(null) instanceof byte[] array) {
                return new Cstruct(array, null, segment.address(), (int) size);
            }
            throw new IllegalArgumentException(
                    segment.isReadOnly()
                            ? "read-only heap memory keeps its array to itself: copy its octets,"
                                    + " or make the window first and take its readOnly()"
                            : "memory of " + size + " octets is a heap array but no byte[]");
        }
        return new Cstruct(null, segment, RawMemory.baseOf(segment, false), (int) size);
    }

    /// The octets of all `parts`, one after the other, in new memory on the heap.
    public static Cstruct concat(List<? extends ReadOnlyCstruct> parts) {
        long total = 0;
        for (ReadOnlyCstruct part : parts) {
            total += part.length;
        }
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "parts of " + total + " octets are more than a window can be");
        }
        Cstruct whole = create((int) total);
        int at = 0;
        for (ReadOnlyCstruct part : parts) {
            whole.put(at, part);
            at += part.length;
        }
        return whole;
    }

    @Override
    public Cstruct sub(int off, int len) {
        check(off, len);
        return new Cstruct(heap, segment, base + off, len);
    }

    @Override
    public Cstruct shift(int count) {
        check(count, 0);
        return new Cstruct(heap, segment, base + count, length - count);
    }

    @Override
    public Split<Cstruct> split(int at) {
        return new Split<>(sub(0, at), shift(at));
    }

    @Override
    public ReadOnlyCstruct readOnly() {
        return new ReadOnlyCstruct(heap, segment, base, length);
    }

    public void putU8(int off, int v) {
        reach(off);
        RawMemory.putByte(heap, segment, base, off, (byte) v);
    }

    public void putU16be(int off, int v) {
        reach(off, 2);
        RawMemory.putShort(heap, segment, base, off, Short.reverseBytes((short) v));
    }

    public void putU16le(int off, int v) {
        reach(off, 2);
        RawMemory.putShort(heap, segment, base, off, (short) v);
    }

    public void putU24be(int off, int v) {
        reach(off, 3);
        RawMemory.putShort(heap, segment, base, off, Short.reverseBytes((short) (v >> 8)));
        RawMemory.putByte(heap, segment, base, off + 2, (byte) v);
    }

    public void putU24le(int off, int v) {
        reach(off, 3);
        RawMemory.putShort(heap, segment, base, off, (short) v);
        RawMemory.putByte(heap, segment, base, off + 2, (byte) (v >> 16));
    }

    public void putU32be(int off, int v) {
        reach(off, 4);
        RawMemory.putInt(heap, segment, base, off, Integer.reverseBytes(v));
    }

    public void putU32le(int off, int v) {
        reach(off, 4);
        RawMemory.putInt(heap, segment, base, off, v);
    }

    public void putU40be(int off, long v) {
        reach(off, 5);
        RawMemory.putInt(heap, segment, base, off, Integer.reverseBytes((int) (v >> 8)));
        RawMemory.putByte(heap, segment, base, off + 4, (byte) v);
    }

    public void putU40le(int off, long v) {
        reach(off, 5);
        RawMemory.putInt(heap, segment, base, off, (int) v);
        RawMemory.putByte(heap, segment, base, off + 4, (byte) (v >> 32));
    }

    public void putU48be(int off, long v) {
        reach(off, 6);
        RawMemory.putInt(heap, segment, base, off, Integer.reverseBytes((int) (v >> 16)));
        RawMemory.putShort(heap, segment, base, off + 4, Short.reverseBytes((short) v));
    }

    public void putU48le(int off, long v) {
        reach(off, 6);
        RawMemory.putInt(heap, segment, base, off, (int) v);
        RawMemory.putShort(heap, segment, base, off + 4, (short) (v >> 32));
    }

    public void putU64be(int off, long v) {
        reach(off, 8);
        RawMemory.putLong(heap, segment, base, off, Long.reverseBytes(v));
    }

    public void putU64le(int off, long v) {
        reach(off, 8);
        RawMemory.putLong(heap, segment, base, off, v);
    }

    public void putF32be(int off, float v) {
        reach(off, 4);
        RawMemory.putInt(
                heap, segment, base, off, Integer.reverseBytes(Float.floatToRawIntBits(v)));
    }

    public void putF32le(int off, float v) {
        reach(off, 4);
        RawMemory.putInt(heap, segment, base, off, Float.floatToRawIntBits(v));
    }

    public void putF64be(int off, double v) {
        reach(off, 8);
        RawMemory.putLong(
                heap, segment, base, off, Long.reverseBytes(Double.doubleToRawLongBits(v)));
    }

    public void putF64le(int off, double v) {
        reach(off, 8);
        RawMemory.putLong(heap, segment, base, off, Double.doubleToRawLongBits(v));
    }

    /// Writes without tearing and in program order with itself; orders nothing else.
    public void putIntOpaque(int off, int v) {
        checkAligned(off, 4);
        RawMemory.putIntOpaque(heap, segment, base, off, v);
    }

    /// Writes; nothing before it is read or written after it.
    public void putIntRelease(int off, int v) {
        checkAligned(off, 4);
        RawMemory.putIntRelease(heap, segment, base, off, v);
    }

    /// Writes in the one order that all volatile accesses share.
    public void putIntVolatile(int off, int v) {
        checkAligned(off, 4);
        RawMemory.putIntVolatile(heap, segment, base, off, v);
    }

    /// Writes `v` where `expected` stands, and tells whether it did; volatile.
    public boolean compareAndSetInt(int off, int expected, int v) {
        checkAligned(off, 4);
        return RawMemory.compareAndSetInt(heap, segment, base, off, expected, v);
    }

    /// Adds `delta`, wrapping, and returns what stood there before; volatile.
    public int getAndAddInt(int off, int delta) {
        checkAligned(off, 4);
        return RawMemory.getAndAddInt(heap, segment, base, off, delta);
    }

    /// Writes without tearing and in program order with itself; orders nothing else.
    public void putLongOpaque(int off, long v) {
        checkAligned(off, 8);
        RawMemory.putLongOpaque(heap, segment, base, off, v);
    }

    /// Writes; nothing before it is read or written after it.
    public void putLongRelease(int off, long v) {
        checkAligned(off, 8);
        RawMemory.putLongRelease(heap, segment, base, off, v);
    }

    /// Writes in the one order that all volatile accesses share.
    public void putLongVolatile(int off, long v) {
        checkAligned(off, 8);
        RawMemory.putLongVolatile(heap, segment, base, off, v);
    }

    /// Writes `v` where `expected` stands, and tells whether it did; volatile.
    public boolean compareAndSetLong(int off, long expected, long v) {
        checkAligned(off, 8);
        return RawMemory.compareAndSetLong(heap, segment, base, off, expected, v);
    }

    /// Adds `delta`, wrapping, and returns what stood there before; volatile.
    public long getAndAddLong(int off, long delta) {
        checkAligned(off, 8);
        return RawMemory.getAndAddLong(heap, segment, base, off, delta);
    }

    /// Makes every octet `octet`.
    public void fill(int octet) {
        fill(0, length, octet);
    }

    /// Makes the `len` octets from `off` all `octet`.
    public void fill(int off, int len, int octet) {
        check(off, len);
        RawMemory.fill(heap, segment, base, off, len, (byte) octet);
    }

    /// Copies all of `source` here at `off`; the two may overlap.
    public void put(int off, ReadOnlyCstruct source) {
        source.copyTo(0, this, off, source.length);
    }

    /// Copies all of `source` here at `off`.
    public void put(int off, byte[] source) {
        put(off, source, 0, source.length);
    }

    /// Copies the `len` elements of `source` from `sourceOff` here at `off`.
    public void put(int off, byte[] source, int sourceOff, int len) {
        check(off, len);
        checkArray(source, sourceOff, len);
        RawMemory.copy(source, null, sourceOff, heap, segment, base + off, len);
    }

    /// Writes `text` at `off` and returns how many octets that took.
    public int putText(int off, String text, Charset charset) {
        byte[] octets = text.getBytes(charset);
        put(off, octets);
        return octets.length;
    }

    /// The octets as a buffer over the same memory, position 0 and limit `length()`.
    @Override
    public ByteBuffer asByteBuffer() {
        return wrap();
    }

    /// The octets as a segment over the same memory.
    @Override
    public MemorySegment asSegment() {
        return slice();
    }
}
