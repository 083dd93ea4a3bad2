// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Segments that came in together and follow each other on one connection, made one before TCP
/// judges them: receive coalescing as devices do it, for devices that do not. What TCP then does
/// once, to find the connection, to judge the numbers, to acknowledge, it would have done for each.
///
/// Only plain data are joined: no flag but ACK and, at the end, PSH, no option but the same
/// timestamps, the same acknowledgment and window. Whatever is different goes its own way after the
/// train. Nothing here allocates.
final class Train {
    /// Enough for a few segments that a device has joined already.
    private static final int MOST_OCTETS = 1 << 18;

    private static final int ACK_OR_PSH = ~TcpWire.PSH;

    private final Envelope envelope = new Envelope();
    private final Segment segment = new Segment();
    private boolean isEmpty = true;

    boolean isEmpty() {
        return isEmpty;
    }

    Envelope envelope() {
        return envelope;
    }

    Segment segment() {
        return segment;
    }

    void clear() {
        isEmpty = true;
    }

    /// Begins with a segment if others may follow it.
    boolean begin(Envelope e, Segment s) {
        if (!mayTravel(s) || s.has(TcpWire.PSH)) return false;
        envelope.copyFrom(e);
        segment.copyFrom(s);
        segment.startPieces();
        isEmpty = false;
        return true;
    }

    /// Adds the segment that continues the train; false if it does not.
    boolean append(Envelope e, Segment s) {
        boolean follows =
                !isEmpty
                        && s.seq == segment.end()
                        && mayTravel(s)
                        && !segment.has(TcpWire.PSH)
                        && s.sourcePort == segment.sourcePort
                        && s.destinationPort == segment.destinationPort
                        && s.ack == segment.ack
                        && s.window == segment.window
                        && s.options.isSameStamp(segment.options)
                        && envelope.isSameWay(e)
                        && segment.length + s.length <= MOST_OCTETS
                        && segment.hasPieceRoom();
        if (follows) {
            segment.addPiece(s);
        }
        return follows;
    }

    private static boolean mayTravel(Segment s) {
        return (s.flags & ACK_OR_PSH) == TcpWire.ACK && s.length > 0 && s.options.isPlain();
    }
}
