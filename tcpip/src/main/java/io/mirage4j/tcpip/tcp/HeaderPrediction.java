// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// The segment that is expected on an established connection on which nothing is lost: in order,
/// with no flag or option out of the ordinary, an acknowledgment of what is on its way, payload, or
/// both (Van Jacobson's header prediction).
///
/// [#isRight] asks at a glance all that [Acceptance], [Acknowledgment] and [Recovery] ask one by
/// one; then their answers are known, and what they do is done by the same parts. Nothing here
/// allocates.
final class HeaderPrediction {
    private static final int ACK_AND_PSH = TcpWire.ACK | TcpWire.PSH;

    private final Acknowledgment acknowledgment;

    HeaderPrediction(Acknowledgment acknowledgment) {
        this.acknowledgment = acknowledgment;
    }

    boolean isRight(TcpConnection c, Segment s) {
        Receiver r = c.receiver;
        Sender snd = c.sender;
        return (s.flags | TcpWire.PSH) == ACK_AND_PSH
                && s.seq == r.rcvNxt
                && c.state == TcpState.ESTABLISHED
                && s.options.isPlain()
                && r.isStampRight(s.options)
                && r.isInOrder()
                && s.length <= r.window()
                && s.ack - snd.sndUna >= 0
                && s.ack - snd.sndNxt <= 0
                && (s.length > 0 || s.ack != snd.sndUna)
                && !(c.ecn && s.congestionExperienced)
                && snd.recovery.isCalm();
    }

    /// Takes all of a segment that [#isRight] but its payload.
    void take(TcpConnection c, Segment s, long now) {
        Sender snd = c.sender;
        c.lastHeardAt = now;
        c.timers.heard();
        c.receiver.heard(s, now);
        int wndBefore = snd.sndWnd;
        boolean windowMoved = snd.updateWindow(s) && snd.sndWnd != wndBefore;
        if (s.ack != snd.sndUna) {
            acknowledgment.advance(c, s, now);
        } else if (windowMoved) {
            snd.output(false, now);
        }
    }
}
