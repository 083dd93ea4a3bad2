// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// The producing side of a ring of octets: `data` is filled in a circle, a shared u32 tells how far
/// (`prod`), another how far the reader got (`cons`). Both run freely modulo 2^32 and need not
/// begin at 0. A writer belongs to one thread at a time.
///
/// After every [#write] that took something the caller signals the peer, and sleeps only after a
/// write that took less than it was given.
///
/// Nothing here allocates, but for the one [Faulty].
public final class OctetWriter {
    private final Cstruct data;
    private final int mask;
    private final Cstruct indexes;
    private final int prodOff;
    private final int consOff;
    private final String name;

    private int prod;
    private int consSeen;
    private @Nullable Faulty fault;

    /// A writer that goes on where the ring stands. `data` has a power of two of octets; the
    /// indexes lie in `indexes` at 4-aligned offsets. `name` is how a [Faulty] calls the reader's.
    public OctetWriter(Cstruct data, Cstruct indexes, int prodOff, int consOff, String name) {
        mask = Octets.mask(data);
        this.data = data;
        this.indexes = indexes;
        this.prodOff = prodOff;
        this.consOff = consOff;
        this.name = name;
        attach();
    }

    /// Goes on where the shared indexes stand, after both sides agreed to begin anew.
    void attach() {
        fault = null;
        prod = indexes.getIntAcquire(prodOff);
        consSeen = prod - data.length();
        look();
    }

    /// How many octets the ring holds at most.
    public int capacity() {
        return data.length();
    }

    /// How many octets can be written now, by a fresh look at the reader's index.
    public int room() {
        look();
        return data.length() - (prod - consSeen);
    }

    /// Writes as many of the `len` octets of `source` from `off` as there is room for and shows
    /// them to the reader; returns how many.
    public int write(ReadOnlyCstruct source, int off, int len) {
        Objects.checkFromIndexSize(off, len, source.length());
        int room = data.length() - (prod - consSeen);
        if (room < len) {
            room = room();
        }
        int n = Math.min(room, len);
        if (n > 0) {
            int at = prod & mask;
            int first = Math.min(n, data.length() - at);
            source.copyTo(off, data, at, first);
            if (first < n) {
                source.copyTo(off + first, data, 0, n - first);
            }
            prod += n;
            indexes.putIntRelease(prodOff, prod); // the reader sees the octets before the index
        }
        return n;
    }

    public boolean isFaulty() {
        return fault != null;
    }

    /// Why nothing can be written any more, or null.
    public @Nullable Faulty fault() {
        return fault;
    }

    /// Reads the reader's index, once. It can only have moved on from what was seen towards `prod`.
    private void look() {
        if (fault != null) {
            return;
        }
        int cons = indexes.getIntVolatile(consOff);
        int atMost = prod - consSeen;
        if (Integer.compareUnsigned(cons - consSeen, atMost) > 0) {
            fault = Faulty.ofU32(name, cons, consSeen, atMost);
            consSeen = prod - data.length();
            return;
        }
        consSeen = cons;
    }
}
