// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// A stretch of an octet stream in [Pages], addressed from its first octet: written at any offset,
/// read and dropped at the front. Pages that nothing was written to are not there, so a hole costs
/// an entry of the table and no memory. Copies, and allocates only when the table grows.
final class OctetStream {
    private static final byte[][] NONE = {};

    /// For whoever has no octets: nothing is ever written to it.
    static final OctetStream EMPTY = new OctetStream(new Pages(0));

    private final Pages pages;

    /// A ring of pages; its length is a power of two, or 0.
    private byte[] @Nullable [] table = NONE;

    private int first;

    /// Where in the first page the stream begins.
    private int skip;

    OctetStream(Pages pages) {
        this.pages = pages;
    }

    /// Writes the `len` octets of `source` from `sourceOff` at `at`. If memory is short it writes
    /// as much as it can, and returns how much that is.
    int write(int at, ReadOnlyCstruct source, int sourceOff, int len) {
        int done = 0;
        while (done < len) {
            int position = skip + at + done;
            int within = position & Pages.OCTETS - 1;
            int count = Math.min(len - done, Pages.OCTETS - within);
            byte[] page = pageForWriting(position >> Pages.SHIFT);
            if (page == null) return done;
            source.copyTo(sourceOff + done, page, within, count);
            done += count;
        }
        return done;
    }

    /// Copies the `len` octets at `at` to `target`. They must have been written.
    void read(int at, Cstruct target, int targetOff, int len) {
        int done = 0;
        while (done < len) {
            int position = skip + at + done;
            int within = position & Pages.OCTETS - 1;
            int count = Math.min(len - done, Pages.OCTETS - within);
            byte[] page = page(position >> Pages.SHIFT);
            if (page == null) throw new AssertionError("no octet was written at " + (at + done));
            target.put(targetOff + done, page, within, count);
            done += count;
        }
    }

    /// Forgets the first `len` octets.
    void drop(int len) {
        int position = skip + len;
        int whole = position >> Pages.SHIFT;
        for (int i = 0; i < whole && i < table.length; i++) {
            release(first);
            first = first + 1 & table.length - 1;
        }
        skip = position & Pages.OCTETS - 1;
    }

    /// Forgets all octets and gives the memory back, but for the first page while there is plenty:
    /// what goes back and forth in small pieces needs it again in a moment.
    void clear() {
        skip = 0;
        if (isOnePage() && !pages.isScarce()) return;
        for (int i = 0; i < table.length; i++) release(i);
        // A small table stays: it is filled again in a moment.
        if (table.length > 8) {
            table = NONE;
        }
        first = 0;
    }

    private boolean isOnePage() {
        return table.length == 2 && table[first ^ 1] == null;
    }

    /// As [#clear], and gives all memory back.
    void release() {
        for (int i = 0; i < table.length; i++) release(i);
        table = NONE;
        first = 0;
        skip = 0;
    }

    private void release(int index) {
        byte[] page = table[index];
        if (page != null) {
            pages.give(page);
        }
        table[index] = null;
    }

    private byte @Nullable [] page(int number) {
        return number < table.length ? table[first + number & table.length - 1] : null;
    }

    private byte @Nullable [] pageForWriting(int number) {
        if (number >= table.length) {
            grow(number + 1);
        }
        int index = first + number & table.length - 1;
        byte[] page = table[index];
        if (page == null) {
            page = pages.take();
            table[index] = page;
        }
        return page;
    }

    private void grow(int count) {
        int length = Math.max(2, Integer.highestOneBit(count - 1) << 1);
        byte[] @Nullable [] larger = new byte[length][];
        for (int i = 0; i < table.length; i++) larger[i] = table[first + i & table.length - 1];
        table = larger;
        first = 0;
    }
}
