// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

/// A segment that came in, its header read once; the object is used again for the next. Payload may
/// be cut at both ends while it is judged. It stands in one window or, where segments were joined
/// ([Train]), in a piece of each.
final class Segment implements Payload {
    Cstruct buf = Cstruct.empty();
    int sourcePort;
    int destinationPort;
    int seq;
    int ack;
    int flags;
    int window;
    int urgent;

    /// Where the payload stands in [#buf], and its length.
    int payload;

    int length;
    int segmentSize;
    boolean congestionExperienced;
    final TcpOptions options = new TcpOptions();

    private static final int MOST_PIECES = 64;

    /// 0: the payload is in [#buf] alone.
    private int pieces;

    private final Cstruct[] pieceBuf = new Cstruct[MOST_PIECES];
    private final int[] pieceOff = new int[MOST_PIECES];
    private final int[] pieceLength = new int[MOST_PIECES];

    /// How much of the pieces was cut off in front.
    private int gone;

    void parse(Envelope envelope, Cstruct buf, int off, int len) {
        this.buf = buf;
        // The header in two reads: ports and number; acknowledgment, offset, flags and window.
        long first = buf.u64be(off);
        long second = buf.u64be(off + 8);
        sourcePort = (int) (first >>> 48);
        destinationPort = (int) (first >>> 32) & 0xffff;
        seq = (int) first;
        ack = (int) (second >>> 32);
        int rest = (int) second;
        flags = rest >>> 16 & 0xff;
        window = rest & 0xffff;
        urgent = TcpWire.urgent(buf, off);
        int header = rest >>> 28 << 2;
        payload = off + header;
        length = len - header;
        segmentSize = envelope.segmentSize;
        congestionExperienced = envelope.ecn == Envelope.CE;
        pieces = 0;
        options.parse(buf, off + TcpWire.HEADER_LENGTH, header - TcpWire.HEADER_LENGTH);
    }

    /// Takes over a segment with plain options.
    void copyFrom(Segment other) {
        buf = other.buf;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        seq = other.seq;
        ack = other.ack;
        flags = other.flags;
        window = other.window;
        urgent = other.urgent;
        payload = other.payload;
        length = other.length;
        segmentSize = other.segmentSize;
        congestionExperienced = other.congestionExperienced;
        options.copyPlain(other.options);
    }

    /// Makes the payload the first of several pieces.
    void startPieces() {
        pieces = 0;
        gone = 0;
        piece(this);
    }

    boolean hasPieceRoom() {
        return pieces < MOST_PIECES;
    }

    void addPiece(Segment next) {
        piece(next);
        // As of a device that joins: the size of each, while there are several.
        if (segmentSize == 0) {
            segmentSize = pieceLength[0];
        }
        length += next.length;
        flags |= next.flags;
    }

    private void piece(Segment s) {
        pieceBuf[pieces] = s.buf;
        pieceOff[pieces] = s.payload;
        pieceLength[pieces++] = s.length;
    }

    /// How many came over the wire.
    int count() {
        return Math.max(1, pieces);
    }

    /// Writes the payload at `at`; returns how much there was memory for.
    int write(OctetStream octets, int at) {
        if (pieces <= 1) return octets.write(at, buf, payload, length);
        int skip = gone;
        int done = 0;
        for (int i = 0; i < pieces && done < length; i++) {
            int count = Math.min(pieceLength[i] - skip, length - done);
            if (count <= 0) {
                skip -= pieceLength[i];
                continue;
            }
            int written = octets.write(at + done, pieceBuf[i], pieceOff[i] + skip, count);
            done += written;
            if (written < count) return done;
            skip = 0;
        }
        return done;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void copyTo(Cstruct target, int off, int count) {
        if (pieces <= 1) {
            buf.copyTo(payload, target, off, count);
            return;
        }
        int at = -gone;
        for (int i = 0; i < pieces && at < count; i++) {
            int from = Math.max(at, 0);
            int to = Math.min(at + pieceLength[i], count);
            if (from < to) {
                pieceBuf[i].copyTo(pieceOff[i] + from - at, target, off + from, to - from);
            }
            at += pieceLength[i];
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// One after the last sequence number it takes, SYN and FIN counted.
    int end() {
        return seq + sequenceLength();
    }

    int sequenceLength() {
        return length + (flags >> 1 & 1) + (flags & 1);
    }

    void cutFront(int octets) {
        seq += octets;
        payload += octets;
        gone += octets;
        length -= octets;
    }

    void cutBack(int octets) {
        length -= octets;
        flags &= ~(TcpWire.FIN | TcpWire.PSH);
    }
}
