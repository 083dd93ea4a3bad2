// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// The receiving half: what came in order and waits to be read, what came ahead of it, the window.
///
/// ```
///   read | readable      | holes ...            | window is full
///        +---------------+----------------------+
///        offset 0        rcvNxt                 rcvNxt + window
/// ```
final class Receiver {
    private final TcpConnection c;
    private OctetStream octets = OctetStream.EMPTY;
    Holes holes = Holes.NONE;
    final AckPolicy acks = new AckPolicy();

    int irs;
    int rcvNxt;

    /// [#rcvNxt] when the last acknowledgment went out (RFC 7323's Last.ACK.sent), and the window
    /// in it.
    int lastAckSent;

    int rcvWnd;
    int windowShift;

    /// What the peer may send us, and said so in our SYN.
    int advertisedMss;

    private int readable;
    int limit;

    boolean hasFin;
    private int finSeq;
    boolean finTaken;

    boolean timestamps;
    int tsRecent;
    private long tsRecentAt;
    private boolean hasTsRecent;

    boolean hasDuplicate;
    int duplicateStart;
    int duplicateEnd;

    /// Who takes what comes in order before it has to wait; null: nobody.
    @Nullable Landing landing;

    /// The last segment brought something that did not have to wait.
    boolean landed;

    /// Octets that nobody will read: the application has closed.
    boolean discards;

    private int tuneCopied;
    private long tuneStart;
    private int tuneSpace;
    long octetsReceived;
    int segmentsIn;
    int dataSegmentsIn;
    int outOfOrderIn;

    Receiver(TcpConnection c) {
        this.c = c;
    }

    void start(int irs) {
        this.irs = irs;
        rcvNxt = irs + 1;
        lastAckSent = rcvNxt;
    }

    /// Nothing has come ahead of its turn.
    boolean isInOrder() {
        return holes.count() == 0 && !hasFin;
    }

    int readable() {
        return readable;
    }

    /// Where the window ends that the peer was told of.
    int rightEdge() {
        return lastAckSent + rcvWnd;
    }

    /// How much of the window is usable: what the peer was promised, or more if there is room.
    int window() {
        return Math.max(limit - readable, rightEdge() - rcvNxt);
    }

    /// The window to write into a segment, as it stands on the wire; RFC 9293, 3.8.6.2.2: it does
    /// not open by little steps and never shrinks.
    int advertise(boolean isSyn) {
        int space = limit - readable;
        int mss = Math.max(1, Math.min(advertisedMss, limit));
        if (space < limit / 4 && space < mss) {
            space = 0;
        }
        int promised = c.state == TcpState.SYN_SENT ? 0 : rightEdge() - rcvNxt;
        space = Math.max(space, promised);
        int shift = isSyn ? 0 : windowShift;
        int wire = Math.min(space >>> shift, 0xffff);
        if (shift > 0 && wire << shift < promised && wire < 0xffff) {
            wire++;
        }
        rcvWnd = wire << shift;
        lastAckSent = rcvNxt;
        return wire;
    }

    /// Whether the window has opened enough since the last acknowledgment to tell the peer.
    boolean isUpdateDue() {
        int was = rightEdge() - rcvNxt;
        int most = Math.min(limit - readable, 0xffff << windowShift);
        int opened = most - was;
        if (opened <= 0) return false;
        return (opened >= 2 * Math.max(1, advertisedMss) && opened >= limit / 4)
                || opened >= limit / 2;
    }

    /// RFC 7323, 5.2: older than what was last heard of the peer.
    boolean isOld(Segment s, long now) {
        if (!timestamps || !hasTsRecent || !s.options.hasTimestamps) return false;
        // RFC 7323, 5.5: after 24 days of silence the comparison means nothing.
        return s.options.tsVal - tsRecent < 0 && now - tsRecentAt < 24L * 86_400 * 1_000_000_000L;
    }

    /// Its timestamp, or that it has none, is as expected: none is missing, none is old.
    boolean isStampRight(TcpOptions o) {
        if (!timestamps) return !o.hasTimestamps;
        return o.hasTimestamps && hasTsRecent && o.tsVal - tsRecent >= 0;
    }

    void heard(Segment s, long now) {
        if (!timestamps || !s.options.hasTimestamps) return;
        // RFC 7323, 4.3 (2): only a segment that spans the last acknowledgment.
        if (hasTsRecent && SeqNum.after(s.seq, lastAckSent)) return;
        setRecent(s.options.tsVal, now);
    }

    void setRecent(int tsVal, long now) {
        if (hasTsRecent && tsVal - tsRecent < 0) return;
        tsRecent = tsVal;
        tsRecentAt = now;
        hasTsRecent = true;
    }

    /// What came is known already.
    void duplicate(int from, int to) {
        if (!hasDuplicate) {
            hasDuplicate = true;
            duplicateStart = from;
            duplicateEnd = to;
        }
    }

    /// Takes the payload (and FIN) of a segment that was trimmed to the window. Returns whether
    /// [#rcvNxt] moved.
    boolean take(Segment s, long now) {
        int before = rcvNxt;
        dataSegmentsIn += s.count();
        land(s, now);
        int from = s.seq;
        int to = from + s.length;
        boolean inOrder = from == rcvNxt;
        if (s.length > 0) {
            if (holes.count() > 0) {
                noteDuplicate(from, to);
            }
            int stored = store(s, from, inOrder);
            if (stored < s.length) {
                c.stack.count(Drop.NO_MEMORY);
                to = from + stored;
                s.flags &= ~TcpWire.FIN;
                if (stored == 0) return rcvNxt != before;
            }
        }
        if (s.has(TcpWire.FIN) && !hasFin) {
            hasFin = true;
            finSeq = to;
        }
        if (!inOrder) {
            outOfOrderIn += s.count();
            // Linux reports a FIN with the data in front of it.
            boolean fin = hasFin && to == finSeq && !c.stack.parameters.isFreebsd();
            int end = fin ? to + 1 : to;
            if (end != from) {
                if (holes == Holes.NONE) {
                    holes = new Holes();
                }
                holes.add(from, end);
            }
            return false;
        }
        int filled = holes.count() == 0 ? to : holes.fill(to);
        advance(hasFin && SeqNum.after(filled, finSeq) ? finSeq : filled);
        if (hasFin && rcvNxt == finSeq) {
            rcvNxt++;
            finTaken = true;
        }
        return rcvNxt != before;
    }

    /// Gives what is next to whoever reads already.
    private void land(Segment s, long now) {
        landed = false;
        if (landing == null || s.seq != rcvNxt || s.length == 0) return;
        if (readable > 0 || holes.count() > 0 || !c.state.mayReceive()) return;
        int count = landing.land(s);
        if (count == 0) return;
        if (count < 0 || count > s.length) {
            throw new IllegalStateException("landed " + count + " of " + s.length + " octets");
        }
        landed = true;
        s.cutFront(count);
        rcvNxt += count;
        octetsReceived += count;
        tune(count, now);
    }

    private void noteDuplicate(int from, int to) {
        int start = holes.overlapStart(from, to);
        if (start == to) return;
        duplicate(start, holes.overlapEnd(from, to));
    }

    private int store(Segment s, int from, boolean inOrder) {
        if (discards) return s.length;
        if (!inOrder) {
            boolean tooMany =
                    holes.count() >= c.stack.parameters.maxHoles
                            && holes.isSeparate(from, from + s.length);
            if (tooMany || c.stack.pages.isScarce()) {
                c.stack.count(tooMany ? Drop.TOO_MANY_HOLES : Drop.NO_MEMORY);
                return 0;
            }
        }
        if (octets == OctetStream.EMPTY) {
            octets = new OctetStream(c.stack.pages);
        }
        return s.write(octets, readable + (from - rcvNxt));
    }

    private void advance(int to) {
        int count = to - rcvNxt;
        rcvNxt = to;
        octetsReceived += count;
        if (!discards) {
            readable += count;
        }
    }

    /// Copies what is readable to `target`.
    int peek(Cstruct target, int off, int len) {
        int count = Math.min(len, readable);
        octets.read(0, target, off, count);
        return count;
    }

    /// Forgets the first `count` readable octets.
    void consume(int count, long now) {
        octets.drop(count);
        readable -= count;
        if (readable == 0 && holes.count() == 0) {
            empty();
        }
        tune(count, now);
    }

    private void empty() {
        if (c.isIdle || c.hasEnded || finTaken) {
            octets.release();
        } else {
            octets.clear();
        }
    }

    /// Receive-window auto-tuning: twice what the application took in a round trip, if memory
    /// allows.
    private void tune(int count, long now) {
        tuneCopied += count;
        long rtt = c.sender.rtt.srtt;
        if (rtt == 0 || now - tuneStart < rtt) return;
        int most = c.receiveBufferMax();
        if (tuneCopied > tuneSpace && limit < most && !c.stack.pages.isScarce()) {
            long wanted = 2L * tuneCopied + 16L * Math.max(advertisedMss, 536);
            limit = (int) Math.max(limit, Math.min(wanted, most));
            tuneSpace = tuneCopied;
        }
        tuneCopied = 0;
        tuneStart = now;
    }

    void trim() {
        if (readable > 0 || holes.count() > 0) return;
        holes = Holes.NONE;
        octets.release();
        octets = OctetStream.EMPTY;
    }

    /// The application will read no more.
    void discard() {
        discards = true;
        landing = null;
        readable = 0;
        holes = Holes.NONE;
        octets.release();
        octets = OctetStream.EMPTY;
    }
}
