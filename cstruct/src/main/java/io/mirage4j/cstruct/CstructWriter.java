// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.function.IntFunction;

/// Writes octets one after the other, into memory that is given or that grows.
///
/// ```java
/// CstructWriter writer = CstructWriter.growable(512, 65_535);
/// int lengthAt = writer.reserve(2);
/// writer.appendU32be(7);
/// writer.appendText("hello", UTF_8);
/// writer.putU16be(lengthAt, writer.length() - lengthAt - 2);
/// ReadOnlyCstruct message = writer.written();
/// ```
///
/// What is not known yet, a length or a checksum, gets its place by [#reserve] and its value by one
/// of the `put…` methods. A place is an offset from the beginning, which growing does not change;
/// `put…` reaches only what is written.
///
/// A writer [#over] given memory writes there and nowhere else, and its windows see whatever is
/// written later. A growable one doubles its memory as needed, up to its limit. What [#written]
/// gave out stays as it was: before the writer would change an octet of that window, it moves to
/// new memory. [#peek] costs no such move, and is good until the writer is used again. Appending
/// beyond the limit is an `IndexOutOfBoundsException`; it leaves what is written as it was, and so
/// does whatever else lets an append fail, such as memory whose arena was closed.
///
/// One thread at a time. While memory lasts nothing here allocates, but for the octets of a text.
public final class CstructWriter {
    /// Where more memory comes from; null for a writer over given memory.
    private final @Nullable IntFunction<Cstruct> source;

    private final int limit;
    private Cstruct memory;
    private int length;

    /// The first octets of `memory`, so many, are in a window that [#written] gave out.
    private int lent;

    private CstructWriter(Cstruct memory, int limit, @Nullable IntFunction<Cstruct> source) {
        this.memory = memory;
        this.limit = limit;
        this.source = source;
    }

    /// A writer into `memory`, all of it and no more.
    public static CstructWriter over(Cstruct memory) {
        return new CstructWriter(memory, memory.length, null);
    }

    /// A writer into heap memory that begins with `initial` octets and grows up to `limit`.
    public static CstructWriter growable(int initial, int limit) {
        return growable(initial, limit, Cstruct::create);
    }

    /// A writer into memory from `source`, which is asked for a length, the first time for
    /// `initial`, and at most for `limit`. Memory that was grown out of is left to whoever made it.
    public static CstructWriter growable(int initial, int limit, IntFunction<Cstruct> source) {
        if (initial < 0 || initial > limit) {
            throw new IllegalArgumentException("initial length " + initial + " not in 0.." + limit);
        }
        return new CstructWriter(memoryFrom(source, initial), limit, source);
    }

    /// How many octets are written.
    public int length() {
        return length;
    }

    /// How many more octets may be written.
    public int remaining() {
        return limit - length;
    }

    /// What is written. The window of a growable writer never changes any more.
    public ReadOnlyCstruct written() {
        if (source != null) {
            lent = Math.max(lent, length);
        }
        return peek();
    }

    /// What is written, to be looked at before the writer is used again.
    public ReadOnlyCstruct peek() {
        return memory.sub(0, length).readOnly();
    }

    /// Forgets what is written.
    public void reset() {
        truncate(0);
    }

    /// Forgets what is written after the first `len` octets.
    public void truncate(int len) {
        check(0, len);
        length = len;
    }

    public void appendU8(int v) {
        room(1).putU8(length, v);
        length += 1;
    }

    public void appendU16be(int v) {
        room(2).putU16be(length, v);
        length += 2;
    }

    public void appendU16le(int v) {
        room(2).putU16le(length, v);
        length += 2;
    }

    public void appendU24be(int v) {
        room(3).putU24be(length, v);
        length += 3;
    }

    public void appendU24le(int v) {
        room(3).putU24le(length, v);
        length += 3;
    }

    public void appendU32be(int v) {
        room(4).putU32be(length, v);
        length += 4;
    }

    public void appendU32le(int v) {
        room(4).putU32le(length, v);
        length += 4;
    }

    public void appendU40be(long v) {
        room(5).putU40be(length, v);
        length += 5;
    }

    public void appendU40le(long v) {
        room(5).putU40le(length, v);
        length += 5;
    }

    public void appendU48be(long v) {
        room(6).putU48be(length, v);
        length += 6;
    }

    public void appendU48le(long v) {
        room(6).putU48le(length, v);
        length += 6;
    }

    public void appendU64be(long v) {
        room(8).putU64be(length, v);
        length += 8;
    }

    public void appendU64le(long v) {
        room(8).putU64le(length, v);
        length += 8;
    }

    public void appendF32be(float v) {
        room(4).putF32be(length, v);
        length += 4;
    }

    public void appendF32le(float v) {
        room(4).putF32le(length, v);
        length += 4;
    }

    public void appendF64be(double v) {
        room(8).putF64be(length, v);
        length += 8;
    }

    public void appendF64le(double v) {
        room(8).putF64le(length, v);
        length += 8;
    }

    public void append(ReadOnlyCstruct octets) {
        room(octets.length).put(length, octets);
        length += octets.length;
    }

    public void append(Iterable<? extends ReadOnlyCstruct> windows) {
        long count = 0;
        for (ReadOnlyCstruct window : windows) {
            count += window.length;
        }
        checkRoom(count);
        Cstruct place = room((int) count).sub(length, (int) count);
        int done = 0;
        for (ReadOnlyCstruct window : windows) {
            place.put(done, window);
            done += window.length;
        }
        length += done;
    }

    public void append(byte[] octets) {
        room(octets.length).put(length, octets);
        length += octets.length;
    }

    /// Appends the `len` elements of `octets` from `off`.
    public void append(byte[] octets, int off, int len) {
        ReadOnlyCstruct.checkArray(octets, off, len);
        room(len).put(length, octets, off, len);
        length += len;
    }

    public void appendText(String text, Charset charset) {
        append(text.getBytes(charset));
    }

    /// Appends `count` times the same octet.
    public void appendFill(int count, int octet) {
        room(count).fill(length, count, octet);
        length += count;
    }

    /// Appends zeros until the length is a multiple of `alignment`.
    public void alignTo(int alignment) {
        if (alignment < 1) throw new IllegalArgumentException("alignment " + alignment + " < 1");
        int beyond = length % alignment;
        if (beyond > 0) {
            appendFill(alignment - beyond, 0);
        }
    }

    /// Appends `count` zeros to be overwritten later, and returns the offset of the first.
    public int reserve(int count) {
        appendFill(count, 0);
        return length - count;
    }

    public void putU8(int off, int v) {
        changing(off, 1).putU8(off, v);
    }

    public void putU16be(int off, int v) {
        changing(off, 2).putU16be(off, v);
    }

    public void putU16le(int off, int v) {
        changing(off, 2).putU16le(off, v);
    }

    public void putU24be(int off, int v) {
        changing(off, 3).putU24be(off, v);
    }

    public void putU24le(int off, int v) {
        changing(off, 3).putU24le(off, v);
    }

    public void putU32be(int off, int v) {
        changing(off, 4).putU32be(off, v);
    }

    public void putU32le(int off, int v) {
        changing(off, 4).putU32le(off, v);
    }

    public void putU40be(int off, long v) {
        changing(off, 5).putU40be(off, v);
    }

    public void putU40le(int off, long v) {
        changing(off, 5).putU40le(off, v);
    }

    public void putU48be(int off, long v) {
        changing(off, 6).putU48be(off, v);
    }

    public void putU48le(int off, long v) {
        changing(off, 6).putU48le(off, v);
    }

    public void putU64be(int off, long v) {
        changing(off, 8).putU64be(off, v);
    }

    public void putU64le(int off, long v) {
        changing(off, 8).putU64le(off, v);
    }

    public void put(int off, ReadOnlyCstruct octets) {
        changing(off, octets.length).put(off, octets);
    }

    /// The memory, in which the `count` octets from `length` are now the caller's to write. He then
    /// advances `length`, so that a write that fails leaves it where it was.
    private Cstruct room(int count) {
        checkRoom(count);
        if (count > memory.length - length || length < lent) {
            move(length + count);
        }
        return memory;
    }

    private void checkRoom(long count) {
        if (count < 0) throw new IllegalArgumentException("count " + count + " < 0");
        if (count > limit - length) {
            throw new IndexOutOfBoundsException(
                    "writer is full: " + length + " written + " + count + " > limit " + limit);
        }
    }

    /// The memory, ready for a change to what is written there.
    private Cstruct changing(int off, int len) {
        check(off, len);
        if (off < lent) {
            move(length);
        }
        return memory;
    }

    /// Takes what is written to new memory, which has room for `needed` octets.
    private void move(int needed) {
        if (source == null) {
            throw new AssertionError("given memory of " + memory.length + " is less than " + limit);
        }
        long capacity = Math.max(1, memory.length);
        while (capacity < needed) {
            capacity *= 2;
        }
        Cstruct larger = memoryFrom(source, (int) Math.min(capacity, limit));
        memory.copyTo(0, larger, 0, length);
        memory = larger;
        lent = 0;
    }

    private static Cstruct memoryFrom(IntFunction<Cstruct> source, int length) {
        Cstruct memory = source.apply(length);
        if (memory.length < length) {
            throw new IllegalStateException(
                    "source gave " + memory.length + " octets where " + length + " were asked for");
        }
        return memory;
    }

    private void check(int off, int len) {
        ReadOnlyCstruct.checkRange(off, len, length);
    }
}
