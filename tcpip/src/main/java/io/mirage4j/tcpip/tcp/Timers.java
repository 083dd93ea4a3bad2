// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.Engine;

/// The deadlines of one connection. One of timeout, tail loss probe and window probe runs at a
/// time; 0 means that a timer does not run. The stack's wheel knows the earliest.
final class Timers {
    private static final long MILLISECOND = 1_000_000L;

    /// As Linux waits for room of its own.
    private static final long DEVICE_WAIT = 500 * MILLISECOND;

    /// As many probes go unanswered, as Linux has it, when the application has closed.
    private static final int ORPHAN_PROBES = 8;

    /// As many are sent while others want the memory.
    private static final int PATIENT_PROBES = 4;

    private enum Kind {
        NONE,
        TIMEOUT,
        TAIL_PROBE,
        WINDOW_PROBE
    }

    private final TcpConnection c;
    private Kind kind = Kind.NONE;
    private long retransmitAt;
    long reorderingAt;
    long keepAt;
    private long pacedAt;

    /// Window probes that nobody has answered, and how often the wait for the next has doubled.
    int probes;

    private int probeBackoff;
    int keepProbes;

    /// Since when nothing that was sent has been answered; 0: all is.
    private long unansweredSince;

    Timers(TcpConnection c) {
        this.c = c;
    }

    /// The earliest deadline.
    long next() {
        long next = Engine.NEVER;
        if (kind != Kind.NONE) {
            next = retransmitAt;
        }
        if (reorderingAt != 0) {
            next = Math.min(next, reorderingAt);
        }
        if (keepAt != 0) {
            next = Math.min(next, keepAt);
        }
        if (pacedAt != 0) {
            next = Math.min(next, pacedAt);
        }
        long ack = c.receiver.acks.dueAt;
        return ack != 0 ? Math.min(next, ack) : next;
    }

    /// New data have gone out.
    void dataSent(boolean hadNothing, long now) {
        if (hadNothing) {
            probesEnd();
            unansweredSince = now;
            c.sender.rtt.backoff = 0;
        }
        if (hadNothing || kind == Kind.TAIL_PROBE || kind == Kind.NONE) {
            boolean measured = kind == Kind.TAIL_PROBE;
            armTimeout(measured ? headSentAt(now) : now, now);
        }
        scheduleTailProbe(now);
    }

    private long headSentAt(long now) {
        Scoreboard board = c.sender.board;
        return board.isEmpty() ? now : board.sentAt(board.head());
    }

    private void armTimeout(long from, long now) {
        kind = Kind.TIMEOUT;
        long at = from + c.sender.rtt.backedOff(c.stack.parameters);
        long userTimeout = c.settings.userTimeoutNanos;
        if (userTimeout > 0 && unansweredSince != 0) {
            at = Math.min(at, Math.max(unansweredSince + userTimeout, now + MILLISECOND));
        }
        retransmitAt = Math.max(at, now + 1);
    }

    /// An acknowledgment brought news.
    void progressed(long now) {
        probesEnd();
        if (c.sender.board.isEmpty()) {
            if (kind != Kind.WINDOW_PROBE) {
                kind = Kind.NONE;
            }
            unansweredSince = 0;
            reorderingAt = 0;
            return;
        }
        unansweredSince = now;
        armTimeout(now, now);
        scheduleTailProbe(now);
    }

    void retransmitted(long now) {
        if (kind != Kind.TIMEOUT) {
            armTimeout(now, now);
        }
    }

    private void scheduleTailProbe(long now) {
        Sender s = c.sender;
        boolean running = kind == Kind.TIMEOUT || kind == Kind.TAIL_PROBE;
        if (!running || s.board.isEmpty() || !TailLossProbe.isWanted(c)) return;
        TcpParameters p = c.stack.parameters;
        long at = now + TailLossProbe.waitNanos(s, p);
        long timeout = headSentAt(now) + s.rtt.backedOff(p);
        kind = Kind.TAIL_PROBE;
        retransmitAt = timeout > now ? Math.min(at, timeout) : at;
    }

    /// Nothing is on its way and something waits for the window: it will be asked for.
    void probeIfBlocked(long now) {
        if (c.sender.isBlocked()) {
            if (kind == Kind.NONE && pacedAt == 0) {
                kind = Kind.WINDOW_PROBE;
                retransmitAt = now + probeWait();
            }
        } else if (kind == Kind.WINDOW_PROBE) {
            kind = Kind.NONE;
            probesEnd();
        }
    }

    private void probesEnd() {
        probes = 0;
        probeBackoff = 0;
    }

    /// Longer with each probe that nobody answered (RFC 9293, 3.8.6.1), but not where our own
    /// device is what holds it.
    private long probeWait() {
        if (probeBackoff > 0 && c.isBlockedOnDevice) return DEVICE_WAIT;
        TcpParameters p = c.stack.parameters;
        long base = Math.max(c.sender.rtt.rto, p.rtoMinNanos);
        return Math.min(base << Math.min(probeBackoff, 20), p.rtoMaxNanos);
    }

    void pacedUntil(long at) {
        pacedAt = at;
    }

    void keepAlive(long at) {
        keepAt = at;
    }

    void stopSending() {
        kind = Kind.NONE;
        reorderingAt = 0;
        pacedAt = 0;
    }

    void stop() {
        stopSending();
        keepAt = 0;
        c.receiver.acks.dueAt = 0;
    }

    void handshakeStarted(long at) {
        kind = Kind.TIMEOUT;
        retransmitAt = at;
    }

    /// Does what is due.
    void expire(long now) {
        if (pacedAt != 0 && pacedAt <= now) {
            pacedAt = 0;
            c.sender.output(false, now);
        }
        AckPolicy acks = c.receiver.acks;
        if (acks.dueAt != 0 && acks.dueAt <= now) {
            acks.dueAt = 0;
            if (acks.scheduled) {
                acks.delayExpired(c.sender.rtt.rto);
                c.sendAck(now);
            }
        }
        if (reorderingAt != 0 && reorderingAt <= now) {
            reorderingAt = 0;
            c.sender.recovery.reorderingExpired(now);
            c.sender.output(false, now);
        }
        if (kind != Kind.NONE && retransmitAt <= now) {
            retransmitExpired(now);
        }
        if (keepAt != 0 && keepAt <= now) {
            keepAt = 0;
            keepExpired(now);
        }
    }

    private void retransmitExpired(long now) {
        Kind was = kind;
        kind = Kind.NONE;
        switch (was) {
            case TIMEOUT -> timeout(now);
            case TAIL_PROBE -> tailProbe(now);
            case WINDOW_PROBE -> windowProbe(now);
            case NONE -> {}
        }
    }

    private void tailProbe(long now) {
        c.sender.recovery.probe().send(now);
        armTimeout(now, now);
    }

    private boolean userTimeoutPassed(long now) {
        long userTimeout = c.settings.userTimeoutNanos;
        return userTimeout > 0 && unansweredSince != 0 && now - unansweredSince >= userTimeout;
    }

    private void timeout(long now) {
        if (c.state == TcpState.SYN_SENT || c.state == TcpState.SYN_RECEIVED) {
            c.handshake().timeout(now);
            return;
        }
        Sender s = c.sender;
        if (s.board.isEmpty()) {
            probeIfBlocked(now);
            return;
        }
        if (userTimeoutPassed(now) || s.recovery.retransmits >= c.stack.parameters.retries) {
            c.fail(TcpError.TIMED_OUT, now);
            return;
        }
        c.path.timedOut(now);
        if (s.board.is(s.board.head(), Scoreboard.SACKED)) {
            s.recovery.forgetRenegedSacks();
        }
        s.recovery.timeout(now);
        s.firstRetransmission = true;
        s.recovery.retransmits++;
        s.rtt.backoff++;
        s.output(false, now);
        armTimeout(now, now);
    }

    private void windowProbe(long now) {
        if (!c.sender.isBlocked()) return;
        if (unansweredSince == 0) {
            unansweredSince = now;
        }
        if (userTimeoutPassed(now) || isWaitInVain()) {
            c.fail(TcpError.TIMED_OUT, now);
            return;
        }
        probes++;
        probeBackoff++;
        c.sender.probe(now);
        probeIfBlocked(now);
    }

    /// RFC 9293, 3.8.6.1: a peer that answers may keep its window shut for as long as it likes, but
    /// not when nobody is there any more who would tell it so, nor with the last of our memory.
    private boolean isWaitInVain() {
        TcpParameters p = c.stack.parameters;
        if (probes >= p.retries) return true;
        if (c.isOrphan) return probes >= ORPHAN_PROBES || probeWait() >= p.rtoMaxNanos;
        return probeBackoff >= PATIENT_PROBES && c.stack.pages.isScarce();
    }

    /// TIME-WAIT, FIN-WAIT-2, the handshake's bound and keep-alive share a timer.
    private void keepExpired(long now) {
        switch (c.state) {
            case TIME_WAIT, FIN_WAIT_2 -> c.finish();
            case SYN_SENT, SYN_RECEIVED -> c.fail(TcpError.TIMED_OUT, now);
            default -> KeepAlive.goOn(c, now);
        }
    }

    void heard() {
        keepProbes = 0;
        probes = 0;
    }
}
