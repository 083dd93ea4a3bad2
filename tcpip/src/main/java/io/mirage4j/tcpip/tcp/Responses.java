// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Resets, and how many answers to strangers and to what may be attacks go out in a second (RFC
/// 5961, 7; RFC 9293, 3.10.7.1).
final class Responses {
    private static final long SECOND = 1_000_000_000L;

    private final TcpStack stack;
    private long currentSecond;
    private int count;

    Responses(TcpStack stack) {
        this.stack = stack;
    }

    /// Whether one more may go out this second; it is counted.
    boolean mayGoOut(long now) {
        long second = now / SECOND;
        if (second != currentSecond) {
            currentSecond = second;
            count = 0;
        }
        return count++ < stack.parameters.responsesPerSecond;
    }

    /// Answers a segment that belongs to nobody (RFC 9293, 3.10.7.1).
    void reset(Envelope e, Segment s, TcpSettings settings, long now) {
        if (s.has(TcpWire.RST)) {
            stack.count(Drop.NO_CONNECTION);
            return;
        }
        if (!mayGoOut(now)) {
            stack.count(Drop.CHALLENGE_LIMIT);
            return;
        }
        if (s.has(TcpWire.ACK)) {
            stack.writer.sendReset(e, s, s.ack, 0, TcpWire.RST, settings, now);
        } else {
            int flags = TcpWire.RST | TcpWire.ACK;
            stack.writer.sendReset(e, s, 0, s.end(), flags, settings, now);
        }
    }

    void resetPeer(TcpConnection c, long now) {
        int flags = TcpWire.RST | TcpWire.ACK;
        stack.writer.send(c, flags, c.sender.sndNxt, 0, 0, false, now);
    }
}
