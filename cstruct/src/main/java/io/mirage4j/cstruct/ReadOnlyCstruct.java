// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A window over memory that can be read. It is `length()` octets somewhere in a heap array, native
/// pages, a mapped file or a granted page; offsets count from its first octet.
///
/// There are two types for two rights. Every [Cstruct] is a `ReadOnlyCstruct`, so whoever only
/// reads asks for this type and takes both; [Cstruct#readOnly()] makes a window that has no writers
/// at all, which no cast gives back. Neither can be made larger: [#sub] and [#shift] only narrow.
///
/// Every access is checked against the window; a wrong one throws an `IndexOutOfBoundsException`
/// with the values (`offset 70 + length 8 > 64`). A window over an arena that was closed, or that
/// is confined to another thread, throws an `IllegalStateException` that says which memory it was.
/// 8-, 16- and 24-bit readers come unsigned (`u`) and signed (`s`); `u32` is an `int` and `u64` a
/// `long` whose bits are to be taken as unsigned; `s32` and `s64` are their names for signed
/// fields. Readers with a memory order (`getInt…`, `getLong…`) use the machine's byte order and
/// must be aligned.
///
/// The readers and [#sub] allocate nothing that outlives the call.
public sealed class ReadOnlyCstruct implements Comparable<ReadOnlyCstruct> permits Cstruct {
    /// The array behind a heap window; null for native memory.
    final byte @Nullable [] heap;

    /// The memory behind a native window; null for a heap array. Never narrowed: `base` tells where
    /// the window begins, so that all windows over one memory share one segment.
    final @Nullable MemorySegment segment;

    /// Where the window's first octet is, in the words of [RawMemory].
    final long base;

    final int length;

    /// A window cut in two: together they are the whole.
    public record Split<W extends ReadOnlyCstruct>(W head, W tail) {}

    ReadOnlyCstruct(
            byte @Nullable [] heap, @Nullable MemorySegment segment, long base, int length) {
        this.heap = heap;
        this.segment = segment;
        this.base = base;
        this.length = length;
    }

    /// A window over the remaining octets of a buffer, which may be read-only. No copy, and so a
    /// read-only buffer must be direct: the array behind another can not be had.
    public static ReadOnlyCstruct of(ByteBuffer buffer) {
        if (buffer.hasArray()) return Cstruct.of(buffer).readOnly();
        return of(MemorySegment.ofBuffer(buffer));
    }

    /// A window over a whole segment, which may be read-only where it is native. No copy.
    public static ReadOnlyCstruct of(MemorySegment segment) {
        return Cstruct.windowOver(segment).readOnly();
    }

    /// A window over the UTF-8 octets of a text, which are made for it.
    public static ReadOnlyCstruct of(String text) {
        return Cstruct.of(text.getBytes(StandardCharsets.UTF_8)).readOnly();
    }

    /// How many octets the window has.
    public final int length() {
        return length;
    }

    public final boolean isEmpty() {
        return length == 0;
    }

    /// Tells whether the octets are outside the Java heap.
    public final boolean isNative() {
        return heap == null;
    }

    /// The `len` octets from `off`, as a window of their own over the same memory.
    public ReadOnlyCstruct sub(int off, int len) {
        check(off, len);
        return new ReadOnlyCstruct(heap, segment, base + off, len);
    }

    /// All but the first `count` octets.
    public ReadOnlyCstruct shift(int count) {
        check(count, 0);
        return new ReadOnlyCstruct(heap, segment, base + count, length - count);
    }

    /// The first `at` octets, and the rest.
    public Split<? extends ReadOnlyCstruct> split(int at) {
        return new Split<>(sub(0, at), shift(at));
    }

    /// The same window with no way to write through it.
    public ReadOnlyCstruct readOnly() {
        return this;
    }

    public final int u8(int off) {
        reach(off);
        return RawMemory.getByte(heap, segment, base, off) & 0xff;
    }

    public final byte s8(int off) {
        reach(off);
        return RawMemory.getByte(heap, segment, base, off);
    }

    public final int u16be(int off) {
        reach(off, 2);
        return Character.reverseBytes((char) RawMemory.getShort(heap, segment, base, off));
    }

    public final int u16le(int off) {
        reach(off, 2);
        return RawMemory.getShort(heap, segment, base, off) & 0xffff;
    }

    public final short s16be(int off) {
        reach(off, 2);
        return Short.reverseBytes(RawMemory.getShort(heap, segment, base, off));
    }

    public final short s16le(int off) {
        reach(off, 2);
        return RawMemory.getShort(heap, segment, base, off);
    }

    public final int u24be(int off) {
        reach(off, 3);
        return (beShort(off) << 8) | leByte(off + 2);
    }

    public final int u24le(int off) {
        reach(off, 3);
        return leShort(off) | (leByte(off + 2) << 16);
    }

    public final int s24be(int off) {
        return (u24be(off) << 8) >> 8;
    }

    public final int s24le(int off) {
        return (u24le(off) << 8) >> 8;
    }

    public final int u32be(int off) {
        reach(off, 4);
        return Integer.reverseBytes(RawMemory.getInt(heap, segment, base, off));
    }

    public final int u32le(int off) {
        reach(off, 4);
        return RawMemory.getInt(heap, segment, base, off);
    }

    public final int s32be(int off) {
        reach(off, 4);
        return Integer.reverseBytes(RawMemory.getInt(heap, segment, base, off));
    }

    public final int s32le(int off) {
        reach(off, 4);
        return RawMemory.getInt(heap, segment, base, off);
    }

    public final long u40be(int off) {
        reach(off, 5);
        return (beInt(off) << 8) | leByte(off + 4);
    }

    public final long u40le(int off) {
        reach(off, 5);
        return leInt(off) | ((long) leByte(off + 4) << 32);
    }

    public final long s40be(int off) {
        return (u40be(off) << 24) >> 24;
    }

    public final long s40le(int off) {
        return (u40le(off) << 24) >> 24;
    }

    public final long u48be(int off) {
        reach(off, 6);
        return (beInt(off) << 16) | beShort(off + 4);
    }

    public final long u48le(int off) {
        reach(off, 6);
        return leInt(off) | ((long) leShort(off + 4) << 32);
    }

    public final long s48be(int off) {
        return (u48be(off) << 16) >> 16;
    }

    public final long s48le(int off) {
        return (u48le(off) << 16) >> 16;
    }

    public final long u64be(int off) {
        reach(off, 8);
        return Long.reverseBytes(RawMemory.getLong(heap, segment, base, off));
    }

    public final long u64le(int off) {
        reach(off, 8);
        return RawMemory.getLong(heap, segment, base, off);
    }

    /// The eight octets from `off`, which may be the end, as [#u64le] reads them; zeros stand for
    /// those behind the window. A scan by words needs no other reader, and none for the last ones.
    public final long u64lePadded(int off) {
        int last = length - 8;
        if (off >= 0 && off <= last) return RawMemory.getLong(heap, segment, base, off);
        check(off, 0);
        if (off == length) return 0;
        return last >= 0
                ? RawMemory.getLong(heap, segment, base, last) >>> ((off - last) << 3)
                : lessThanEight(off);
    }

    private long lessThanEight(int off) {
        long octets = 0;
        for (int at = length - 1; at >= off; at--) {
            octets = (octets << 8) | leByte(at);
        }
        return octets;
    }

    public final long s64be(int off) {
        reach(off, 8);
        return Long.reverseBytes(RawMemory.getLong(heap, segment, base, off));
    }

    public final long s64le(int off) {
        reach(off, 8);
        return RawMemory.getLong(heap, segment, base, off);
    }

    public final float f32be(int off) {
        reach(off, 4);
        return Float.intBitsToFloat(
                Integer.reverseBytes(RawMemory.getInt(heap, segment, base, off)));
    }

    public final float f32le(int off) {
        reach(off, 4);
        return Float.intBitsToFloat(RawMemory.getInt(heap, segment, base, off));
    }

    public final double f64be(int off) {
        reach(off, 8);
        return Double.longBitsToDouble(
                Long.reverseBytes(RawMemory.getLong(heap, segment, base, off)));
    }

    public final double f64le(int off) {
        reach(off, 8);
        return Double.longBitsToDouble(RawMemory.getLong(heap, segment, base, off));
    }

    /// Reads without tearing and in program order with itself; orders nothing else.
    public final int getIntOpaque(int off) {
        checkAligned(off, 4);
        return RawMemory.getIntOpaque(heap, segment, base, off);
    }

    /// Reads; nothing after it is read or written before it.
    public final int getIntAcquire(int off) {
        checkAligned(off, 4);
        return RawMemory.getIntAcquire(heap, segment, base, off);
    }

    /// Reads in the one order that all volatile accesses share.
    public final int getIntVolatile(int off) {
        checkAligned(off, 4);
        return RawMemory.getIntVolatile(heap, segment, base, off);
    }

    /// Reads without tearing and in program order with itself; orders nothing else.
    public final long getLongOpaque(int off) {
        checkAligned(off, 8);
        return RawMemory.getLongOpaque(heap, segment, base, off);
    }

    /// Reads; nothing after it is read or written before it.
    public final long getLongAcquire(int off) {
        checkAligned(off, 8);
        return RawMemory.getLongAcquire(heap, segment, base, off);
    }

    /// Reads in the one order that all volatile accesses share.
    public final long getLongVolatile(int off) {
        checkAligned(off, 8);
        return RawMemory.getLongVolatile(heap, segment, base, off);
    }

    /// The octets as a new array.
    public final byte[] toByteArray() {
        return toByteArray(0, length);
    }

    /// The `len` octets from `off` as a new array.
    public final byte[] toByteArray(int off, int len) {
        check(off, len);
        byte[] octets = new byte[len];
        RawMemory.copy(heap, segment, base + off, octets, null, 0, len);
        return octets;
    }

    /// Copies the `len` octets from `off` into `target` at `targetOff`; the two may overlap.
    public final void copyTo(int off, Cstruct target, int targetOff, int len) {
        check(off, len);
        target.check(targetOff, len);
        RawMemory.copy(
                heap,
                segment,
                base + off,
                target.heap,
                target.segment,
                target.base + targetOff,
                len);
    }

    /// Copies the `len` octets from `off` into an array.
    public final void copyTo(int off, byte[] target, int targetOff, int len) {
        check(off, len);
        checkArray(target, targetOff, len);
        RawMemory.copy(heap, segment, base + off, target, null, targetOff, len);
    }

    /// The octets as text.
    public final String text(Charset charset) {
        return text(0, length, charset);
    }

    /// The `len` octets from `off` as text.
    public final String text(int off, int len, Charset charset) {
        check(off, len);
        byte[] array = heap;
        return array != null
                ? new String(array, (int) base + off, len, charset)
                : new String(toByteArray(off, len), charset);
    }

    /// The octets as a read-only buffer over the same memory, position 0 and limit `length()`.
    public ByteBuffer asByteBuffer() {
        return wrap().asReadOnlyBuffer();
    }

    /// The octets as a read-only segment over the same memory.
    public MemorySegment asSegment() {
        return slice().asReadOnly();
    }

    final ByteBuffer wrap() {
        byte[] array = heap;
        return array != null
                ? ByteBuffer.wrap(array, (int) base, length).slice()
                : slice().asByteBuffer();
    }

    final MemorySegment slice() {
        byte[] array = heap;
        if (array != null) return MemorySegment.ofArray(array).asSlice(base, length);
        MemorySegment whole = Objects.requireNonNull(segment);
        return whole.asSlice(RawMemory.offsetIn(whole, base), length);
    }

    /// The first offset at which the octets differ: the shorter length if one is a prefix of the
    /// other, -1 if they are the same.
    public final int mismatch(ReadOnlyCstruct other) {
        return Search.mismatch(this, other);
    }

    /// The first offset of `octet`, whose low eight bits count, or -1.
    public final int indexOf(int octet) {
        return Search.indexOf(this, octet, 0);
    }

    /// The first offset of `octet` that is not before `from`, or -1.
    public final int indexOf(int octet, int from) {
        check(from, 0);
        return Search.indexOf(this, octet, from);
    }

    /// The last offset of `octet`, whose low eight bits count, or -1.
    public final int lastIndexOf(int octet) {
        return Search.lastIndexOf(this, octet);
    }

    /// The first offset at which `pattern` stands whole, or -1; an empty one stands at 0. For short
    /// patterns: in the worst case each of its octets is compared at each offset.
    public final int indexOf(ReadOnlyCstruct pattern) {
        return Search.indexOf(this, pattern, 0);
    }

    /// The first offset not before `from` at which `pattern` stands whole, or -1.
    public final int indexOf(ReadOnlyCstruct pattern, int from) {
        check(from, 0);
        return Search.indexOf(this, pattern, from);
    }

    /// Orders by octets as unsigned numbers, a prefix before what it begins.
    @Override
    public final int compareTo(ReadOnlyCstruct other) {
        int at = mismatch(other);
        if (at < 0) return 0;
        return at == length ? -1 : at == other.length ? 1 : Integer.compare(u8(at), other.u8(at));
    }

    /// Two windows are equal when their octets are; what they are over does not matter.
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof ReadOnlyCstruct that && length == that.length && mismatch(that) < 0;
    }

    /// Changes with the octets, so a window is a poor key while they are written.
    @Override
    public final int hashCode() {
        int hash = 1;
        for (int at = 0; at < length; at++) {
            hash = 31 * hash + s8(at);
        }
        return hash;
    }

    @Override
    public final String toString() {
        return "Cstruct[" + length + (heap != null ? " heap" : " native") + "]";
    }

    private int leByte(int off) {
        return RawMemory.getByte(heap, segment, base, off) & 0xff;
    }

    private int leShort(int off) {
        return RawMemory.getShort(heap, segment, base, off) & 0xffff;
    }

    private int beShort(int off) {
        return Character.reverseBytes((char) RawMemory.getShort(heap, segment, base, off));
    }

    private long leInt(int off) {
        return RawMemory.getInt(heap, segment, base, off) & 0xffff_ffffL;
    }

    private long beInt(int off) {
        return Integer.reverseBytes(RawMemory.getInt(heap, segment, base, off)) & 0xffff_ffffL;
    }

    /// The door of an access to one octet.
    final void reach(int off) {
        try {
            Objects.checkIndex(off, length);
        } catch (IndexOutOfBoundsException e) {
            throw outside(off, 1, length, e);
        }
    }

    /// The door of an access to the `size` octets of a field. It asks for the first and the last of
    /// them against one and the same limit, by the method that the compiler knows: so the doors of
    /// neighbouring fields melt into two, and those of a loop move in front of it. No sum of an
    /// offset that passed the first can overflow to one that passes the second.
    final void reach(int off, int size) {
        try {
            Objects.checkIndex(off, length);
            Objects.checkIndex(off + (size - 1), length);
        } catch (IndexOutOfBoundsException e) {
            throw outside(off, size, length, e);
        }
    }

    /// The door of every other access: `off` and `len` may be anything, and nothing can overflow.
    final void check(int off, int len) {
        checkRange(off, len, length);
    }

    final void checkAligned(int off, int size) {
        reach(off, size);
        long address = RawMemory.address(segment, base, off);
        if ((address & (size - 1)) != 0) {
            throw new IllegalArgumentException(
                    "offset "
                            + off
                            + " is at address 0x"
                            + Long.toHexString(address)
                            + ", which is not aligned to "
                            + size
                            + " octets");
        }
    }

    static void checkArray(byte[] array, int off, int len) {
        checkRange(off, len, array.length);
    }

    static void checkRange(int off, int len, int limit) {
        if (off < 0 || len < 0 || off > limit - len) throw outside(off, len, limit, null);
    }

    private static IndexOutOfBoundsException outside(
            int off, int len, int limit, @Nullable Throwable cause) {
        String range = "offset " + off + " + length " + len;
        var outside =
                new IndexOutOfBoundsException(
                        off < 0 || len < 0 ? range + ", one below 0" : range + " > " + limit);
        outside.initCause(cause);
        return outside;
    }
}
