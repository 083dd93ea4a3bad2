// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.Objects;

/// The producing side of a ring of octets.
///
/// After every [#write] that took something the caller signals the peer, and sleeps only after a
/// write that took less than it was given.
public final class OctetWriter extends OctetEnd {
    /// A writer that goes on where the ring stands. `data` has a power of two of octets; the
    /// indexes lie in `indexes` at 4-aligned offsets. `name` is how a [Faulty] calls the reader's.
    public OctetWriter(Cstruct data, Cstruct indexes, int prodOff, int consOff, String name) {
        super(data, indexes, prodOff, consOff, name);
        attach();
    }

    @Override
    int nothingToDo() {
        return own - data.length(); // full
    }

    /// Up to what was written.
    @Override
    int atMost() {
        return own - seen;
    }

    /// How many octets can be written now, by a fresh look at the reader's index.
    public int room() {
        look();
        return free();
    }

    /// Writes as many of the `len` octets of `source` from `off` as there is room for and shows
    /// them to the reader; returns how many.
    public int write(ReadOnlyCstruct source, int off, int len) {
        Objects.checkFromIndexSize(off, len, source.length());
        int room = free();
        if (room < len) {
            room = room();
        }
        int n = Math.min(room, len);
        if (n > 0) {
            int at = own & mask;
            int first = Math.min(n, data.length() - at);
            source.copyTo(off, data, at, first);
            if (first < n) {
                source.copyTo(off + first, data, 0, n - first);
            }
            advance(n);
        }
        return n;
    }

    private int free() {
        return data.length() - (own - seen);
    }
}
