// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static io.mirage4j.cstruct.SegmentViews.ATOMIC_INT;
import static io.mirage4j.cstruct.SegmentViews.ATOMIC_LONG;
import static io.mirage4j.cstruct.SegmentViews.BYTE;
import static io.mirage4j.cstruct.SegmentViews.BYTES;
import static io.mirage4j.cstruct.SegmentViews.INT;
import static io.mirage4j.cstruct.SegmentViews.LONG;
import static io.mirage4j.cstruct.SegmentViews.SHORT;

import java.lang.foreign.MemorySegment;

/// Octets outside of the heap, for [RawMemory]: the one class whose bodies a board replaces, by the
/// compiler's raw pointers. Nothing else in the library knows how native memory is reached.
///
/// The caller has checked that the access stays in its window, so of the segment's checks one alone
/// can fire: a segment whose arena was closed, or that belongs to another thread, refuses, and
/// [#refused] says so.
final class NativeMemory {
    /// Whether memory that no arena can close is reached by its address instead, by
    /// [EternalMemory]. A board that has raw pointers has no need of it.
    static boolean isReachedByAddress() {
        return EternalMemory.IS_OPEN;
    }

    static byte getByte(MemorySegment segment, long at) {
        try {
            return (byte) BYTE.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putByte(MemorySegment segment, long at, byte v) {
        try {
            BYTE.set(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static short getShort(MemorySegment segment, long at) {
        try {
            return (short) SHORT.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putShort(MemorySegment segment, long at, short v) {
        try {
            SHORT.set(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getInt(MemorySegment segment, long at) {
        try {
            return (int) INT.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putInt(MemorySegment segment, long at, int v) {
        try {
            INT.set(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLong(MemorySegment segment, long at) {
        try {
            return (long) LONG.get(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLong(MemorySegment segment, long at, long v) {
        try {
            LONG.set(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getIntOpaque(MemorySegment segment, long at) {
        try {
            return (int) ATOMIC_INT.getOpaque(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getIntAcquire(MemorySegment segment, long at) {
        try {
            return (int) ATOMIC_INT.getAcquire(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getIntVolatile(MemorySegment segment, long at) {
        try {
            return (int) ATOMIC_INT.getVolatile(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putIntOpaque(MemorySegment segment, long at, int v) {
        try {
            ATOMIC_INT.setOpaque(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putIntRelease(MemorySegment segment, long at, int v) {
        try {
            ATOMIC_INT.setRelease(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putIntVolatile(MemorySegment segment, long at, int v) {
        try {
            ATOMIC_INT.setVolatile(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static boolean compareAndSetInt(MemorySegment segment, long at, int expected, int v) {
        try {
            return ATOMIC_INT.compareAndSet(segment, at, expected, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static int getAndAddInt(MemorySegment segment, long at, int delta) {
        try {
            return (int) ATOMIC_INT.getAndAdd(segment, at, delta);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLongOpaque(MemorySegment segment, long at) {
        try {
            return (long) ATOMIC_LONG.getOpaque(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLongAcquire(MemorySegment segment, long at) {
        try {
            return (long) ATOMIC_LONG.getAcquire(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getLongVolatile(MemorySegment segment, long at) {
        try {
            return (long) ATOMIC_LONG.getVolatile(segment, at);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLongOpaque(MemorySegment segment, long at, long v) {
        try {
            ATOMIC_LONG.setOpaque(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLongRelease(MemorySegment segment, long at, long v) {
        try {
            ATOMIC_LONG.setRelease(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void putLongVolatile(MemorySegment segment, long at, long v) {
        try {
            ATOMIC_LONG.setVolatile(segment, at, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static boolean compareAndSetLong(MemorySegment segment, long at, long expected, long v) {
        try {
            return ATOMIC_LONG.compareAndSet(segment, at, expected, v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static long getAndAddLong(MemorySegment segment, long at, long delta) {
        try {
            return (long) ATOMIC_LONG.getAndAdd(segment, at, delta);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void fill(MemorySegment segment, long at, int len, byte v) {
        try {
            segment.asSlice(at, len).fill(v);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void copyIn(byte[] from, int at, MemorySegment segment, long to, int len) {
        try {
            MemorySegment.copy(from, at, segment, BYTES, to, len);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void copyOut(MemorySegment segment, long from, byte[] to, int at, int len) {
        try {
            MemorySegment.copy(segment, BYTES, from, to, at, len);
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    static void copy(MemorySegment source, long from, MemorySegment target, long to, int len) {
        try {
            MemorySegment.copy(source, from, target, to, len);
        } catch (IllegalStateException | WrongThreadException e) {
            boolean reachable =
                    source.scope().isAlive() && source.isAccessibleBy(Thread.currentThread());
            throw refused(reachable ? target : source, e);
        }
    }

    /// Two words to a `long`; counted in words, so that the address needs no check of its own.
    static long sumOfInts(MemorySegment segment, long at, int len) {
        try {
            long sum = 0;
            int words = len >>> 3;
            for (int i = 0; i < words; i++) {
                long word = (long) LONG.get(segment, at + i * 8L);
                sum += (word & 0xffff_ffffL) + (word >>> 32);
            }
            return sum;
        } catch (IllegalStateException | WrongThreadException e) {
            throw refused(segment, e);
        }
    }

    /// Why a segment said no, in words that name the memory and what ails it.
    private static IllegalStateException refused(MemorySegment memory, RuntimeException why) {
        String name = memory.byteSize() + " octets at 0x" + Long.toHexString(memory.address());
        return new IllegalStateException(
                memory.scope().isAlive()
                        ? name
                                + " are in a confined arena that thread "
                                + Thread.currentThread().getName()
                                + " does not own"
                        : name + " are gone: their arena is closed",
                why);
    }

    private NativeMemory() {}
}
