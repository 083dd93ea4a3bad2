// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// One end of a request/response ring. Both ends fill slots, publish them and take the peer's; they
/// differ in who begins. An end belongs to one thread at a time and locks nothing.
///
/// ```java
/// for (int n = ring.waiting(); n > 0; n--) {
///     int off = ring.next();                       // or one at a time: ring.poll()
///     int id = ring.memory().u16le(off);           // read each field once: the peer may write
///     ...
/// }
/// int slot = ring.slot();                          // NONE when the ring is full
/// ring.memory().putU16le(slot, id);
/// ring.commit();
/// if (ring.push()) peer.signal();
/// ```
///
/// A loop over many slots is fastest by runs of them that lie side by side: nothing of the ring
/// changes while it runs, and the checks of all its accesses move in front of it.
///
/// ```java
/// for (int n = ring.waiting(), run; n > 0; n -= run) {
///     int first = ring.firstWaiting();
///     run = ring.run(first, n);                    // up to where the ring begins anew
///     int off = ring.offsetOf(first);
///     for (int end = off + run * 12; off < end; off += 12) {
///         ...
///     }
///     ring.take(run);                              // and to fill slots: nextIndex(), commit(run)
/// }
/// ```
///
/// A producer index of the peer that can not be right stops the ring: from then on there are no
/// slots and no messages, nothing is published, and [#fault] tells the values.
///
/// Nothing here allocates, but for the one [Faulty].
public abstract sealed class SlotRing extends RingCounters implements RingConsumer
        permits FrontRing, BackRing {
    /// No offset: there is no message, or no room.
    public static final int NONE = -1;

    // Memory order. A push stores the index and then reads the peer's event field; a final check
    // stores the event field and then reads the index. With volatile accesses on both sides at
    // least one of the two sees the other's store, so a message that arrives while its consumer
    // falls asleep is found by the consumer or signalled by the producer. Slots are written
    // before the index that shows them (release) and read after it (acquire).

    private final Cstruct memory;
    private final int slotOctets;
    private final int count;
    private final int mask;

    private @Nullable Faulty fault;

    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    SlotRing(Cstruct memory, int slotOctets, boolean front) {
        this.memory = memory;
        this.slotOctets = slotOctets;
        count = Sring.slots(memory.length(), slotOctets);
        mask = count - 1;
        lead = front ? count : 0;
    }

    // Where the shared fields lie. Methods and not fields: for an end of known kind they are
    // constants, and the checks of constant offsets cost next to nothing.

    abstract int ownProd();

    abstract int ownEvent();

    abstract int peerProd();

    abstract int peerEvent();

    final void startAt(int index) {
        produced = index;
        published = index;
        consumed = index;
        seen = index;
    }

    /// The memory that offsets count in.
    public final Cstruct memory() {
        return memory;
    }

    public final int slotOctets() {
        return slotOctets;
    }

    /// How many slots the ring has; index `i` lives in slot `i mod count()`.
    public final int count() {
        return count;
    }

    /// How many slots can be filled before another message is taken.
    public final int room() {
        return lead - (produced - consumed);
    }

    /// The index that the next committed slot gets.
    public final int nextIndex() {
        return produced;
    }

    /// The index of the message that is taken next.
    public final int firstWaiting() {
        return consumed;
    }

    /// Where in [#memory] the slot lies in which `index` lives: any index, since they go round.
    public final int offsetOf(int index) {
        return Sring.HEAD_OCTETS + (index & mask) * slotOctets;
    }

    /// The offset of the next slot to fill, or [#NONE]. The slot is ours until it is pushed, and it
    /// may be the one that the last [#poll] gave: read that first.
    public final int slot() {
        int index = produced;
        return index - consumed == lead ? NONE : offsetOf(index);
    }

    /// Takes the slot that [#slot] gave as filled. The peer sees it after a push.
    public final void commit() {
        int index = produced;
        if (index - consumed == lead) {
            throw new IllegalStateException("commit of a slot on a ring without room");
        }
        produced = index + 1;
    }

    /// How many of the `n` slots from `index` on lie side by side, each [#slotOctets] behind the
    /// one before, until the ring begins anew: all or the first of two runs.
    public final int run(int index, int n) {
        return Math.min(n, count - (index & mask));
    }

    /// Takes the next `n` slots, from that of [#nextIndex], as filled.
    public final void commit(int n) {
        int room = room();
        if (n < 0 || n > room) {
            throw new IllegalStateException("commit of " + n + " slots with room for " + room);
        }
        produced += n;
    }

    /// Shows all committed slots to the peer and tells whether it asked for a signal.
    public final boolean push() {
        int from = published;
        int to = produced;
        if (from == to) return false;
        published = to;
        memory.putIntVolatile(ownProd(), to);
        int event = memory.getIntVolatile(peerEvent());
        return Integer.compareUnsigned(to - event, to - from) < 0;
    }

    /// Shows all committed slots to a peer that never sleeps; cheaper than [#push], since nobody
    /// asks whether a signal is due.
    public final void publish() {
        int to = produced;
        if (published != to) {
            published = to;
            memory.putIntRelease(ownProd(), to);
        }
    }

    /// Takes the next message and returns the offset of its slot, or [#NONE]. A distrusted peer may
    /// still write there: read each field once into a local and judge the local, or use [#take].
    public final int poll() {
        int index = consumed;
        if (index == seen && !look()) return NONE;
        consumed = index + 1;
        return offsetOf(index);
    }

    /// As [#poll], but only among the messages that the last [#waiting] counted. With no look at
    /// shared memory in it, a loop over those messages is compiled to better code.
    public final int next() {
        int index = consumed;
        if (index == seen) return NONE;
        consumed = index + 1;
        return offsetOf(index);
    }

    /// Takes the next message and copies its whole slot to `target` at `off`; false if none waits.
    public final boolean take(Cstruct target, int off) {
        int index = consumed;
        if (index == seen && !look()) return false;
        memory.copyTo(offsetOf(index), target, off, slotOctets);
        consumed = index + 1;
        return true;
    }

    /// Takes the first `n` of the messages that the last [#waiting] counted. What is in their slots
    /// stays there until slots of ours are pushed over them.
    public final void take(int n) {
        int known = seen - consumed;
        if (n < 0 || n > known) {
            throw new IllegalStateException("take of " + n + " messages of " + known);
        }
        consumed += n;
    }

    /// How many messages wait, by a fresh look at the peer's index.
    public final int waiting() {
        look();
        return seen - consumed;
    }

    @Override
    public final Pending pending() {
        return verdict(1);
    }

    @Override
    public final Pending finalCheck() {
        return finalCheck(1);
    }

    /// As [#finalCheck()], for a consumer that wants to be woken by the `n`-th message from now:
    /// fewer than `n` count as nothing, and are not signalled.
    public final Pending finalCheck(int n) {
        if (n < 1 || n > count) {
            throw new IllegalArgumentException("wake-up at message " + n + ", not 1 to " + count);
        }
        Pending now = verdict(n);
        if (now != Pending.NOTHING) return now;
        memory.putIntVolatile(ownEvent(), consumed + n);
        return verdict(n);
    }

    public final boolean isFaulty() {
        return fault != null;
    }

    /// Why the ring stands still, or null while it works.
    public final @Nullable Faulty fault() {
        return fault;
    }

    private Pending verdict(int n) {
        if (waiting() >= n) return Pending.WORK;
        return fault == null ? Pending.NOTHING : Pending.FAULT;
    }

    /// Reads the peer's producer index, once, and tells whether a message waits.
    private boolean look() {
        if (fault != null) return false;
        int prod = memory.getIntVolatile(peerProd());
        int known = seen;
        // The peer's messages answer ours, or wait for our answers: either way there can be no
        // more of them than this. (ring.h: RING_REQUEST_PROD_OVERFLOW; a response to nothing is
        // as wrong.)
        int atMost = produced - lead + count - known;
        if (Integer.compareUnsigned(prod - known, atMost) > 0) {
            stop(prod, known, atMost);
            return false;
        }
        seen = prod;
        if (prod == consumed) {
            // Touch the slot that comes next: a spinning consumer then waits for the index and
            // for the slot at the same time, instead of one cache line after the other.
            var _ = memory.getIntOpaque(offsetOf(prod) & ~3);
            return false;
        }
        return true;
    }

    private void stop(int prod, int known, int atMost) {
        String name = peerProd() == Sring.REQ_PROD ? "req_prod" : "rsp_prod";
        fault = Faulty.ofU32(name, prod, known, atMost);
        seen = consumed;
        published = produced;
        lead = produced - consumed;
    }
}
