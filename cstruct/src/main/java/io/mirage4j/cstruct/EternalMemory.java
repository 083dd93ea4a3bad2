// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static io.mirage4j.cstruct.SegmentViews.ATOMIC_INT;
import static io.mirage4j.cstruct.SegmentViews.ATOMIC_LONG;
import static io.mirage4j.cstruct.SegmentViews.BYTE;
import static io.mirage4j.cstruct.SegmentViews.BYTES;
import static io.mirage4j.cstruct.SegmentViews.INT;
import static io.mirage4j.cstruct.SegmentViews.LONG;
import static io.mirage4j.cstruct.SegmentViews.SHORT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// Octets outside of the heap that no arena can close, for [RawMemory]: they are there as long as
/// their `owner` is, which a window holds. So a window's own check is all that an access to them
/// needs, and they are reached by their address, through one segment that has all addresses in it.
/// The compiler knows that segment as a constant, and nothing of its checks is left: an access is a
/// load or a store, in loops of them vectors.
///
/// Such a segment is for those whom the program gives native access
/// (`--enable-native-access=io.mirage4j.cstruct`); in other programs these octets are reached as
/// any others are, by [NativeMemory], and nobody is warned of anything.
///
/// Nothing refuses here, and nothing is checked. `base` is an address.
@SuppressWarnings("ReachabilityFenceUsage") // no `finally`: an access that throws has no use for it
final class EternalMemory {
    /// Whether the program lets us reach memory by its address.
    static final boolean IS_OPEN = EternalMemory.class.getModule().isNativeAccessEnabled();

    @SuppressWarnings("restricted") // and asked only where it is allowed
    private static final MemorySegment ALL =
            IS_OPEN ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE) : MemorySegment.NULL;

    /// The addresses that processors have. That a sum of one and an offset is not negative, and
    /// below the length of [#ALL], the compiler then sees by itself.
    private static final long ADDRESSES = Long.MAX_VALUE >>> 1;

    /// Up to so many octets are copied word by word.
    private static final int SHORT_COPY = 128;

    /// Whether `segment` lies at an address that windows can hold.
    static boolean reaches(MemorySegment segment) {
        return (segment.address() & ~ADDRESSES) == 0;
    }

    /// Whether the memory lives as long as the program.
    static boolean isGlobal(MemorySegment segment) {
        return segment.scope().equals(Arena.global().scope());
    }

    static byte getByte(@Nullable MemorySegment owner, long base, int off) {
        byte v = (byte) BYTE.get(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putByte(@Nullable MemorySegment owner, long base, int off, byte v) {
        BYTE.set(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static short getShort(@Nullable MemorySegment owner, long base, int off) {
        short v = (short) SHORT.get(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putShort(@Nullable MemorySegment owner, long base, int off, short v) {
        SHORT.set(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static int getInt(@Nullable MemorySegment owner, long base, int off) {
        int v = (int) INT.get(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putInt(@Nullable MemorySegment owner, long base, int off, int v) {
        INT.set(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static long getLong(@Nullable MemorySegment owner, long base, int off) {
        long v = (long) LONG.get(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putLong(@Nullable MemorySegment owner, long base, int off, long v) {
        LONG.set(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static int getIntOpaque(@Nullable MemorySegment owner, long base, int off) {
        int v = (int) ATOMIC_INT.getOpaque(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static int getIntAcquire(@Nullable MemorySegment owner, long base, int off) {
        int v = (int) ATOMIC_INT.getAcquire(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static int getIntVolatile(@Nullable MemorySegment owner, long base, int off) {
        int v = (int) ATOMIC_INT.getVolatile(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putIntOpaque(@Nullable MemorySegment owner, long base, int off, int v) {
        ATOMIC_INT.setOpaque(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static void putIntRelease(@Nullable MemorySegment owner, long base, int off, int v) {
        ATOMIC_INT.setRelease(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static void putIntVolatile(@Nullable MemorySegment owner, long base, int off, int v) {
        ATOMIC_INT.setVolatile(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static boolean compareAndSetInt(
            @Nullable MemorySegment owner, long base, int off, int expected, int v) {
        boolean done = ATOMIC_INT.compareAndSet(ALL, at(base, off), expected, v);
        Reference.reachabilityFence(owner);
        return done;
    }

    static int getAndAddInt(@Nullable MemorySegment owner, long base, int off, int delta) {
        int old = (int) ATOMIC_INT.getAndAdd(ALL, at(base, off), delta);
        Reference.reachabilityFence(owner);
        return old;
    }

    static long getLongOpaque(@Nullable MemorySegment owner, long base, int off) {
        long v = (long) ATOMIC_LONG.getOpaque(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static long getLongAcquire(@Nullable MemorySegment owner, long base, int off) {
        long v = (long) ATOMIC_LONG.getAcquire(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static long getLongVolatile(@Nullable MemorySegment owner, long base, int off) {
        long v = (long) ATOMIC_LONG.getVolatile(ALL, at(base, off));
        Reference.reachabilityFence(owner);
        return v;
    }

    static void putLongOpaque(@Nullable MemorySegment owner, long base, int off, long v) {
        ATOMIC_LONG.setOpaque(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static void putLongRelease(@Nullable MemorySegment owner, long base, int off, long v) {
        ATOMIC_LONG.setRelease(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static void putLongVolatile(@Nullable MemorySegment owner, long base, int off, long v) {
        ATOMIC_LONG.setVolatile(ALL, at(base, off), v);
        Reference.reachabilityFence(owner);
    }

    static boolean compareAndSetLong(
            @Nullable MemorySegment owner, long base, int off, long expected, long v) {
        boolean done = ATOMIC_LONG.compareAndSet(ALL, at(base, off), expected, v);
        Reference.reachabilityFence(owner);
        return done;
    }

    static long getAndAddLong(@Nullable MemorySegment owner, long base, int off, long delta) {
        long old = (long) ATOMIC_LONG.getAndAdd(ALL, at(base, off), delta);
        Reference.reachabilityFence(owner);
        return old;
    }

    static void fill(@Nullable MemorySegment owner, long base, int off, int len, byte v) {
        ALL.asSlice(at(base, off), len).fill(v);
        Reference.reachabilityFence(owner);
    }

    static void copyIn(byte[] from, int at, MemorySegment owner, long to, int len) {
        MemorySegment.copy(from, at, ALL, BYTES, at(to, 0), len);
        Reference.reachabilityFence(owner);
    }

    static void copyOut(MemorySegment owner, long from, byte[] to, int at, int len) {
        MemorySegment.copy(ALL, BYTES, at(from, 0), to, at, len);
        Reference.reachabilityFence(owner);
    }

    static void copy(MemorySegment source, long from, MemorySegment target, long to, int len) {
        long apart = to - from;
        if (len <= SHORT_COPY && (apart >= len || apart <= -len)) {
            copyWords(from, to, len);
        } else {
            MemorySegment.copy(ALL, at(from, 0), ALL, at(to, 0), len);
        }
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(target);
    }

    /// Word by word, which takes less than to call the routine that copies any length.
    private static void copyWords(long from, long to, int len) {
        int i = 0;
        for (; i <= len - Long.BYTES; i += Long.BYTES) {
            LONG.set(ALL, at(to, i), (long) LONG.get(ALL, at(from, i)));
        }
        for (; i < len; i++) {
            BYTE.set(ALL, at(to, i), (byte) BYTE.get(ALL, at(from, i)));
        }
    }

    /// Two words to a `long`, in the shape that the compiler vectorises.
    static long sumOfInts(@Nullable MemorySegment owner, long base, int off, int len) {
        long sum = 0;
        int end = off + len;
        for (int i = off; i < end; i += Long.BYTES) {
            long word = (long) LONG.get(ALL, at(base, i));
            sum += (word & 0xffff_ffffL) + (word >>> 32);
        }
        Reference.reachabilityFence(owner);
        return sum;
    }

    private static long at(long base, int off) {
        return (base & ADDRESSES) + off;
    }

    private EternalMemory() {}
}
