// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// A list of windows taken as one run of octets: what a gathering write sends, what a scattering
/// read fills. It is a value: [#sub] and [#shift] make others over the same memory. No window in it
/// is empty; those that were given are left out.
///
/// `CstructVector<Cstruct>` can be written, `CstructVector<ReadOnlyCstruct>` can not. Offsets and
/// lengths are `long`, for windows may be two gibibytes each.
///
/// Reading and copying allocate nothing. [Rope] is the better choice where parts are added or cut
/// off one by one.
public final class CstructVector<W extends ReadOnlyCstruct> implements Iterable<W> {
    private final List<W> windows;

    /// `ends[i]` is the offset after window `i`.
    private final long[] ends;

    /// `windows` can not be changed by anybody.
    private CstructVector(List<W> windows) {
        this.windows = windows;
        this.ends = new long[windows.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += windows.get(i).length;
            ends[i] = end;
        }
    }

    /// The windows in their order.
    public static <W extends ReadOnlyCstruct> CstructVector<W> of(List<W> windows) {
        return new CstructVector<>(windows.stream().filter(w -> !w.isEmpty()).toList());
    }

    /// The windows in their order.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read, and only here
    public static <W extends ReadOnlyCstruct> CstructVector<W> of(W... windows) {
        return of(Arrays.asList(windows));
    }

    /// How many octets all windows have together.
    public long length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    public boolean isEmpty() {
        return ends.length == 0;
    }

    /// The windows, which are as few as there are octets for; unmodifiable.
    public List<W> windows() {
        return windows;
    }

    @Override
    public Iterator<W> iterator() {
        return windows.iterator();
    }

    public int u8(long off) {
        check(off, 1);
        int i = indexAt(off);
        return windows.get(i).u8((int) (off - start(i)));
    }

    /// The `len` octets from `off`, as a vector of their own over the same memory.
    public CstructVector<W> sub(long off, long len) {
        check(off, len);
        if (len == 0) return new CstructVector<>(List.of());
        int first = indexAt(off);
        int last = indexAt(off + len - 1);
        @SuppressWarnings("unchecked") // filled with what `narrow` gives
        W[] part = (W[]) new ReadOnlyCstruct[last - first + 1];
        for (int i = first; i <= last; i++) {
            W window = windows.get(i);
            int from = (int) Math.max(0, off - start(i));
            int to = (int) Math.min(window.length, off + len - start(i));
            part[i - first] = narrow(window, from, to - from);
        }
        return new CstructVector<>(List.of(part));
    }

    /// All but the first `count` octets: what is left after `count` were written.
    public CstructVector<W> shift(long count) {
        check(count, 0);
        return sub(count, length() - count);
    }

    /// Copies the `len` octets from `off` into `target` at `targetOff`.
    public void copyTo(long off, Cstruct target, int targetOff, int len) {
        check(off, len);
        target.check(targetOff, len);
        int done = 0;
        for (int i = indexAt(off); done < len; i++) {
            W window = windows.get(i);
            int from = (int) (off + done - start(i));
            int count = Math.min(window.length - from, len - done);
            window.copyTo(from, target, targetOff + done, count);
            done += count;
        }
    }

    /// Copies as many octets into `target` as both have, and returns how many; [#shift] then gives
    /// what is left.
    public int copyTo(Cstruct target) {
        int count = (int) Math.min(length(), target.length);
        copyTo(0, target, 0, count);
        return count;
    }

    /// The octets as a new array.
    public byte[] toByteArray() {
        if (length() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "vector of " + length() + " octets > " + Integer.MAX_VALUE + " of an array");
        }
        byte[] octets = new byte[(int) length()];
        copyTo(Cstruct.of(octets));
        return octets;
    }

    /// Copies all of `source` into `target` at `off`.
    public static void put(CstructVector<Cstruct> target, long off, ReadOnlyCstruct source) {
        target.check(off, source.length);
        int done = 0;
        for (int i = target.indexAt(off); done < source.length; i++) {
            Cstruct window = target.windows.get(i);
            int at = (int) (off + done - target.start(i));
            int count = Math.min(window.length - at, source.length - done);
            source.copyTo(done, window, at, count);
            done += count;
        }
    }

    /// Makes every octet `octet`.
    public static void fill(CstructVector<Cstruct> target, int octet) {
        for (Cstruct window : target.windows) {
            window.fill(octet);
        }
    }

    /// Two vectors are equal when their octets are, however they are cut.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CstructVector<?> that
                && length() == that.length()
                && Rope.of(windows).equals(Rope.of(that.windows));
    }

    @Override
    public int hashCode() {
        return Rope.of(windows).hashCode();
    }

    @Override
    public String toString() {
        return "CstructVector[" + length() + " in " + windows.size() + " windows]";
    }

    /// A window narrows to its own type; only the language can not say so.
    @SuppressWarnings("unchecked")
    private static <W extends ReadOnlyCstruct> W narrow(W window, int off, int len) {
        return (W) window.sub(off, len);
    }

    private long start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /// The window in which `off` is; one past the last window for the end.
    private int indexAt(long off) {
        int found = Arrays.binarySearch(ends, off);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private void check(long off, long len) {
        if (off < 0 || len < 0 || off > length() - len) {
            throw new IndexOutOfBoundsException(
                    "offset " + off + " + length " + len + " > " + length());
        }
    }
}
