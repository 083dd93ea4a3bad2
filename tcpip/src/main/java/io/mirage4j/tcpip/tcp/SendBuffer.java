// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.jspecify.annotations.Nullable;

/// What the application has written and the peer has not acknowledged, and how much more it may
/// write.
///
/// ```
///   acknowledged | on its way        | waits        |
///                +-------------------+--------------+
///                start               sndNxt         start + queued
/// ```
final class SendBuffer {
    /// What keeping a chunk takes beside its octets.
    private static final int CHUNK_OVERHEAD = 1280;

    private final TcpConnection c;
    private final Sender s;
    private OctetStream octets = OctetStream.EMPTY;
    private int start;
    private int queued;

    /// Where the application has ended records, if it ever did.
    private @Nullable RecordEdges edges;

    /// How much of the last chunk that was written waits, unsent; see [#chunkRoom].
    private int chunk;

    /// A writer waits for room.
    boolean wantsRoom;

    /// What it has grown to by itself.
    private int grown;

    SendBuffer(TcpConnection c, Sender s) {
        this.c = c;
        this.s = s;
    }

    void start(int seq) {
        start = seq;
    }

    /// The sequence number after the last octet: the FIN's.
    int end() {
        return start + queued;
    }

    int queued() {
        return queued;
    }

    int unsent() {
        return queued - Math.min(queued, Math.max(0, s.sndNxt - start));
    }

    /// Where the octet with the number `seq` stands in here.
    int offset(int seq) {
        return seq - start;
    }

    /// How many octets [#fill] takes now.
    int room() {
        if (!c.mayWrite()) return 0;
        // What memory is left is for those who have little.
        int most = c.stack.pages.isScarce() ? Math.min(limit(), Pages.OCTETS) : limit();
        int room = most - charged();
        long unsentRoom = (long) lowWater() - unsent();
        return (int) Math.max(0, Math.min(room, unsentRoom));
    }

    /// What it holds: octets, and where it grows by itself what keeping them takes.
    private int charged() {
        if (c.settings.sendBufferOctets > 0 || queued == 0) return queued;
        return queued + CHUNK_OVERHEAD * ((queued - 1) / chunkSize() + 1);
    }

    private int lowWater() {
        int lowWater = c.settings.notSentLowWater;
        return lowWater != 0 ? lowWater : c.stack.parameters.notSentLowWater;
    }

    private int limit() {
        if (c.settings.sendBufferOctets > 0) return c.settings.sendBufferOctets;
        return Math.max(grown, c.stack.parameters.sendBufferOctets);
    }

    /// Room for twice what the window lets go at a time, what a segment costs beside its payload
    /// reckoned in, so that an ACK finds something to send.
    void grow() {
        if (c.stack.pages.isScarce()) return;
        int each = (Integer.highestOneBit(s.mss + 640 - 1) << 1) + 256;
        long wanted = 2L * Math.max(s.window.cwnd, 10) * each;
        long most = c.stack.parameters.maxSendBufferOctets;
        grown = (int) Math.max(grown, Math.min(wanted, most));
    }

    /// Takes octets, as many as there is room for, chunk by chunk: one that is begun is filled,
    /// another is begun only where there is room. What is full goes out. Returns how many were
    /// taken.
    int fill(ReadOnlyCstruct source, int off, int len, long now) {
        int done = 0;
        while (done < len && c.mayWrite()) {
            int room = chunkRoom();
            if (room == 0) {
                if (room() == 0) break;
                chunk = 0;
                room = chunkSize();
            }
            int asked = Math.min(room, len - done);
            int count = append(source, off + done, asked, now);
            done += count;
            if (count < asked) break;
            if (count == room) {
                s.output(true, now);
            }
        }
        if (done < len) {
            wantsRoom = true;
        }
        return done;
    }

    /// Takes octets as [#fill] does, without sending; what comes after them is not joined with
    /// them.
    int fillRecord(ReadOnlyCstruct source, int off, int len, long now) {
        int count = append(source, off, Math.min(len, room()), now);
        if (count < len) {
            wantsRoom = true;
        } else if (queued > 0) {
            if (edges == null) {
                edges = new RecordEdges();
            }
            edges.add(end());
        }
        return count;
    }

    private int append(ReadOnlyCstruct source, int off, int len, long now) {
        if (octets == OctetStream.EMPTY) {
            octets = new OctetStream(c.stack.pages);
        }
        int count = octets.write(queued, source, off, len);
        if (count > 0) {
            s.time.start(Chronograph.BUSY, now);
        }
        queued += count;
        chunk += count;
        return count;
    }

    /// How much more goes into the chunk that is being filled, as large as what may go out at once;
    /// 0: it is full, or gone. Room in the buffer is asked for by chunks, so that a writer is not
    /// woken for less.
    private int chunkRoom() {
        int waiting = Math.min(chunk, unsent());
        return waiting == 0 ? 0 : Math.max(0, chunkSize() - waiting);
    }

    /// How much of what was written in one piece, or laid to it, begins at `seq`.
    int pieceAt(int seq) {
        int waiting = end() - seq;
        int last = Math.min(chunk, waiting);
        int before = waiting - last;
        int part = before % chunkSize();
        if (before == 0) return last;
        return part == 0 ? chunkSize() : part;
    }

    private int chunkSize() {
        int most = s.maxWindow > 536 ? Math.min(65_535, s.maxWindow / 2) : 65_535;
        return Math.max(1, most / s.mss) * s.mss;
    }

    boolean hasEdges() {
        return edges != null && !edges.isEmpty();
    }

    /// How much of the `len` octets from `seq` belongs to one record.
    int cutAtEdge(int seq, int len) {
        return edges == null ? len : edges.cut(seq, seq + len) - seq;
    }

    /// Copies `len` octets, from the one at `from`, into a segment.
    void read(int from, Cstruct target, int off, int len) {
        octets.read(from, target, off, len);
    }

    /// Forgets what `ack` acknowledges; returns how many octets that were.
    int acknowledge(int ack, long now) {
        int data = SeqNum.min(ack, end()) - start;
        if (data <= 0) return 0;
        octets.drop(data);
        queued -= data;
        start += data;
        if (edges != null) {
            edges.dropTo(start);
        }
        if (queued == 0) {
            octets.clear();
            s.time.stop(Chronograph.BUSY, false, now);
        }
        return data;
    }

    /// Whether there is room enough to wake a writer: a third of what is queued.
    boolean isWorthWriting() {
        int charged = charged();
        int room = limit() - charged;
        return room() > 0 && room >= charged / 2 && 2L * unsent() < lowWater();
    }

    /// After an acknowledgment: is there room worth waking somebody for?
    void roomMade(long now) {
        if (!wantsRoom) return;
        if (s.recovery.inFlight() < s.window.cwnd) {
            grow();
        }
        if (!isWorthWriting()) return;
        wantsRoom = false;
        s.time.stop(Chronograph.BUFFER_LIMITED, queued > 0, now);
        c.event(TcpConnection.WRITABLE);
    }

    /// Gives all memory back.
    void clear() {
        octets.release();
        octets = OctetStream.EMPTY;
        queued = 0;
        edges = null;
    }
}
