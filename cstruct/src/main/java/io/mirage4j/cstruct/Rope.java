// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Windows put together without a copy: a message in parts, a queue of what is to be sent.
///
/// ```java
/// Rope message = Rope.of(header).append(body).append(trailer);
/// for (ReadOnlyCstruct window : message) {
///     channel.write(window.asByteBuffer());
/// }
/// assert message.copiedOctets() == 0;
/// ```
///
/// A rope is a value: what looks like a change makes another rope over the same windows, so ropes
/// may be shared among threads as far as the memory below is left alone. Adding a window at an end
/// is O(1) amortised; joining two ropes, cutting one and reading an octet are O(log n) of `n`
/// windows ([FingerTree]). A length is a `long`, and what would overflow it is refused.
///
/// [#copiedOctets] counts, over a rope and all that were made from it, the octets that were copied
/// ([#flatten] and `copyTo`; nothing else copies). So a test can hold a path to "no copy".
public final class Rope implements Iterable<ReadOnlyCstruct> {
    private final FingerTree.Tree tree;

    /// Shared by the ropes that come from one [#empty].
    private final AtomicLong copied;

    /// A rope cut in two.
    public record Split(Rope head, Rope tail) {}

    private Rope(FingerTree.Tree tree, AtomicLong copied) {
        this.tree = tree;
        this.copied = copied;
    }

    /// A rope of nothing, with a copy count of its own.
    public static Rope empty() {
        return new Rope(FingerTree.EMPTY, new AtomicLong());
    }

    /// The windows in their order.
    public static Rope of(ReadOnlyCstruct... windows) {
        return of(Arrays.asList(windows));
    }

    /// The windows in their order.
    public static Rope of(List<? extends ReadOnlyCstruct> windows) {
        Rope rope = empty();
        for (ReadOnlyCstruct window : windows) {
            rope = rope.append(window);
        }
        return rope;
    }

    /// How many octets there are.
    public long length() {
        return tree.length();
    }

    public boolean isEmpty() {
        return length() == 0;
    }

    /// This, then `window`.
    public Rope append(ReadOnlyCstruct window) {
        checkSum(length(), window.length);
        return window.isEmpty() ? this : with(FingerTree.append(tree, leaf(window)));
    }

    /// `window`, then this.
    public Rope prepend(ReadOnlyCstruct window) {
        checkSum(window.length, length());
        return window.isEmpty() ? this : with(FingerTree.prepend(leaf(window), tree));
    }

    /// This, then `other`; copies count with this.
    public Rope append(Rope other) {
        checkSum(length(), other.length());
        return with(FingerTree.concat(tree, other.tree));
    }

    /// The first `at` octets, and the rest.
    public Split split(long at) {
        check(at, 0);
        if (at == length()) return new Split(this, with(FingerTree.EMPTY));
        FingerTree.Split parts = FingerTree.split(tree, at);
        ReadOnlyCstruct cut = window(parts.node());
        int inCut = (int) (at - parts.left().length());
        return new Split(
                with(parts.left()).append(cut.sub(0, inCut)),
                with(parts.right()).prepend(cut.shift(inCut)));
    }

    /// The `len` octets from `off`.
    public Rope sub(long off, long len) {
        check(off, len);
        return split(off + len).head().split(off).tail();
    }

    /// All but the first `count` octets.
    public Rope shift(long count) {
        return split(count).tail();
    }

    /// The windows from left to right, none of them empty.
    @Override
    public Iterator<ReadOnlyCstruct> iterator() {
        return FingerTree.windows(tree);
    }

    public int u8(long off) {
        check(off, 1);
        return FingerTree.u8(tree, off);
    }

    public int u16be(long off) {
        return (int) bigEndian(off, 2);
    }

    public int u32be(long off) {
        return (int) bigEndian(off, 4);
    }

    public long u64be(long off) {
        return bigEndian(off, 8);
    }

    public int u16le(long off) {
        return Short.reverseBytes((short) u16be(off)) & 0xffff;
    }

    public int u32le(long off) {
        return Integer.reverseBytes(u32be(off));
    }

    public long u64le(long off) {
        return Long.reverseBytes(u64be(off));
    }

    /// Copies the `len` octets from `off` into `target` at `targetOff`.
    public void copyTo(long off, Cstruct target, int targetOff, int len) {
        check(off, len);
        target.check(targetOff, len);
        int at = targetOff;
        for (ReadOnlyCstruct window : sub(off, len)) {
            target.put(at, window);
            at += window.length;
        }
        copied.addAndGet(len);
    }

    /// The octets in one window: copied, unless they are in one window already.
    public ReadOnlyCstruct flatten() {
        if (tree instanceof FingerTree.Single(FingerTree.Node only)) return window(only);
        if (length() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "rope of " + length() + " octets > " + Integer.MAX_VALUE + " of a window");
        }
        Cstruct flat = Cstruct.create((int) length());
        copyTo(0, flat, 0, flat.length);
        return flat.readOnly();
    }

    /// How many octets were copied so far out of this rope, the ropes that it was made from, and
    /// those that were made from them.
    public long copiedOctets() {
        return copied.get();
    }

    /// Two ropes are equal when their octets are, however they are cut.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Rope that
                        && length() == that.length()
                        && sameOctets(iterator(), that.iterator()));
    }

    /// Of two sequences of equal length.
    private static boolean sameOctets(
            Iterator<ReadOnlyCstruct> left, Iterator<ReadOnlyCstruct> right) {
        ReadOnlyCstruct mine = Cstruct.empty();
        ReadOnlyCstruct theirs = Cstruct.empty();
        while (true) {
            if (mine.isEmpty()) {
                if (!left.hasNext()) return true;
                mine = left.next();
            }
            if (theirs.isEmpty()) {
                theirs = right.next();
            }
            int common = Math.min(mine.length, theirs.length);
            if (!mine.sub(0, common).equals(theirs.sub(0, common))) return false;
            mine = mine.shift(common);
            theirs = theirs.shift(common);
        }
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (ReadOnlyCstruct window : this) {
            for (int at = 0; at < window.length; at++) {
                hash = 31 * hash + window.s8(at);
            }
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Rope[" + length() + "]";
    }

    private long bigEndian(long off, int octets) {
        check(off, octets);
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | FingerTree.u8(tree, off + i);
        }
        return value;
    }

    private Rope with(FingerTree.Tree other) {
        return new Rope(other, copied);
    }

    private static FingerTree.Node leaf(ReadOnlyCstruct window) {
        return new FingerTree.Leaf(window.readOnly());
    }

    private static ReadOnlyCstruct window(FingerTree.Node node) {
        if (node instanceof FingerTree.Leaf(ReadOnlyCstruct window)) return window;
        throw new AssertionError("a branch at the top of a finger tree");
    }

    private static void checkSum(long left, long right) {
        if (left > Long.MAX_VALUE - right) {
            throw new IllegalArgumentException(
                    "rope of " + left + " + " + right + " octets > " + Long.MAX_VALUE);
        }
    }

    private void check(long off, long len) {
        if (off < 0 || len < 0 || off > length() - len) {
            throw new IndexOutOfBoundsException(
                    "offset " + off + " + length " + len + " > " + length());
        }
    }
}
