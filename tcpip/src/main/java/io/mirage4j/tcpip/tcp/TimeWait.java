// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// A segment arrives in TIME-WAIT: RFC 9293, 3.10.7.4, with RFC 1337 and the reuse of RFC 6191.
final class TimeWait {
    private final TcpStack stack;
    private final TcpParameters p;

    TimeWait(TcpStack stack) {
        this.stack = stack;
        p = stack.parameters;
    }

    void arrive(TcpConnection c, Envelope e, Segment s, long now) {
        Receiver r = c.receiver;
        if (s.has(TcpWire.RST)) {
            boolean exact = !p.isFreebsd() && s.seq == r.rcvNxt;
            if (exact) {
                c.finish();
            } else {
                // RFC 1337: a reset must not end TIME-WAIT early.
                stack.count(Drop.BAD_RESET);
            }
            return;
        }
        boolean isSyn = s.has(TcpWire.SYN);
        if (isSyn && !s.has(TcpWire.ACK)) {
            boolean newer = SeqNum.after(s.seq, r.rcvNxt);
            if (r.timestamps && s.options.hasTimestamps) {
                newer |= s.options.tsVal - r.tsRecent > 0;
            }
            if (newer) {
                int iss = c.sender.sndNxt;
                c.finish();
                stack.reopen(e, s, iss, now);
                return;
            }
        }
        if (!s.has(TcpWire.ACK)) {
            if (p.isFreebsd()) {
                stack.count(Drop.NO_ACK_FLAG);
                return;
            }
        }
        if (s.has(TcpWire.FIN) && s.end() == r.rcvNxt) {
            c.timers.keepAlive(now + p.timeWaitNanos);
        }
        boolean plain =
                (s.flags & ~TcpWire.PSH) == TcpWire.ACK
                        && s.length == 0
                        && s.seq == r.rcvNxt
                        && s.ack == c.sender.sndNxt;
        if (!plain) {
            c.challenge(now);
        }
    }
}
