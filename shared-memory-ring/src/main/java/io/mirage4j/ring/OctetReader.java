// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// The consuming side of a ring of octets; see [OctetWriter] for the indexes. A reader belongs to
/// one thread at a time.
///
/// Octets are copied out before anybody looks at them, since the peer may still write in the ring.
/// After every [#read] that gave something the caller signals the peer, which may wait for room.
///
/// Nothing here allocates, but for the one [Faulty].
public final class OctetReader {
    private final Cstruct data;
    private final int mask;
    private final Cstruct indexes;
    private final int prodOff;
    private final int consOff;
    private final String name;

    private int cons;
    private int prodSeen;
    private @Nullable Faulty fault;

    /// A reader that goes on where the ring stands. `data` has a power of two of octets; the
    /// indexes lie in `indexes` at 4-aligned offsets. `name` is how a [Faulty] calls the writer's.
    public OctetReader(Cstruct data, Cstruct indexes, int prodOff, int consOff, String name) {
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
        cons = indexes.getIntAcquire(consOff);
        prodSeen = cons;
        look();
    }

    /// How many octets the ring holds at most.
    public int capacity() {
        return data.length();
    }

    /// How many octets wait, by a fresh look at the writer's index.
    public int available() {
        look();
        return prodSeen - cons;
    }

    /// Takes at most `len` octets to `target` at `off`; returns how many.
    public int read(Cstruct target, int off, int len) {
        int n = peek(target, off, len);
        if (n > 0) {
            cons += n;
            indexes.putIntRelease(consOff, cons); // the copy is done before the writer sees room
        }
        return n;
    }

    /// As [#read], but the octets stay in the ring.
    public int peek(Cstruct target, int off, int len) {
        Objects.checkFromIndexSize(off, len, target.length());
        int waiting = prodSeen - cons;
        if (waiting < len) {
            waiting = available();
        }
        int n = Math.min(waiting, len);
        if (n > 0) {
            int at = cons & mask;
            int first = Math.min(n, data.length() - at);
            data.copyTo(at, target, off, first);
            if (first < n) {
                data.copyTo(0, target, off + first, n - first);
            }
        }
        return n;
    }

    public boolean isFaulty() {
        return fault != null;
    }

    /// Why nothing can be read any more, or null.
    public @Nullable Faulty fault() {
        return fault;
    }

    /// Reads the writer's index, once. It can only have moved on from what was seen, as far as the
    /// ring has room.
    private void look() {
        if (fault != null) {
            return;
        }
        int prod = indexes.getIntVolatile(prodOff);
        int atMost = cons + data.length() - prodSeen;
        if (Integer.compareUnsigned(prod - prodSeen, atMost) > 0) {
            fault = Faulty.ofU32(name, prod, prodSeen, atMost);
            prodSeen = cons;
            return;
        }
        prodSeen = prod;
    }
}
