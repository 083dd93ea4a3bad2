// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// What both sides of a ring of octets know: `data` is filled in a circle, a shared u32 tells how
/// far (`prod`), another how far the reader got (`cons`). Both run freely modulo 2^32 and need not
/// begin at 0. Each side moves one and believes the other's only as far as it can be right.
///
/// An end belongs to one thread at a time. Nothing here allocates, but for the one [Faulty].
public abstract sealed class OctetEnd permits OctetReader, OctetWriter {
    final Cstruct data;
    final int mask;
    private final Cstruct indexes;
    private final int ownOff;
    private final int peerOff;
    private final String peerName;

    /// The index that this side moves.
    int own;

    /// The peer's index when it was last read, already checked.
    int seen;

    private @Nullable Faulty fault;

    /// `data` has a power of two of octets; the indexes lie in `indexes` at 4-aligned offsets.
    /// `peerName` is how a [Faulty] calls the peer's.
    OctetEnd(Cstruct data, Cstruct indexes, int ownOff, int peerOff, String peerName) {
        mask = Octets.mask(data);
        this.data = data;
        this.indexes = indexes;
        this.ownOff = ownOff;
        this.peerOff = peerOff;
        this.peerName = peerName;
    }

    /// The peer's index as it would be if nothing could be done: what stands in for one that can
    /// not be believed.
    abstract int nothingToDo();

    /// How far past [#seen] the peer's index can be.
    abstract int atMost();

    /// Goes on where the shared indexes stand, after both sides agreed to begin anew.
    final void attach() {
        fault = null;
        own = indexes.getIntAcquire(ownOff);
        seen = nothingToDo();
        look();
    }

    /// Reads the peer's index, once.
    final void look() {
        if (fault != null) return;
        int peer = indexes.getIntVolatile(peerOff);
        int atMost = atMost();
        if (Integer.compareUnsigned(peer - seen, atMost) > 0) {
            fault = Faulty.ofU32(peerName, peer, seen, atMost);
            seen = nothingToDo();
            return;
        }
        seen = peer;
    }

    /// Shows the peer that this side is done with `n` more octets; what was copied before is seen
    /// before.
    final void advance(int n) {
        own += n;
        indexes.putIntRelease(ownOff, own);
    }

    /// How many octets the ring holds at most.
    public final int capacity() {
        return data.length();
    }

    public final boolean isFaulty() {
        return fault != null;
    }

    /// Why the ring stands still for this side, or null while it works.
    public final @Nullable Faulty fault() {
        return fault;
    }
}
