// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Asks a peer that says nothing whether it is alive, where the application wants to know (RFC
/// 9293, 3.8.4). When and how often stands in [Timers].
final class KeepAlive {
    private static final long MILLISECOND = 1_000_000L;

    /// Begins anew: the connection is established, or its options have changed.
    static void start(TcpConnection c, long now) {
        if (!isWanted(c)) {
            stop(c);
            return;
        }
        c.timers.keepProbes = 0;
        c.timers.keepAt = now + idle(c);
    }

    /// The time has come to look: to ask, or to give up.
    static void goOn(TcpConnection c, long now) {
        if (!isWanted(c)) {
            stop(c);
            return;
        }
        Timers t = c.timers;
        long silent = now - c.lastHeardAt;
        if ((t.keepProbes == 0 && silent < idle(c)) || !c.sender.board.isEmpty()) {
            t.keepAt = Math.max(now + MILLISECOND, c.lastHeardAt + idle(c));
            return;
        }
        long userTimeout = c.settings.userTimeoutNanos;
        boolean tooLong = userTimeout > 0 ? silent >= userTimeout : t.keepProbes >= count(c);
        if (t.keepProbes > 0 && tooLong) {
            c.stack.responses.resetPeer(c, now);
            c.fail(TcpError.TIMED_OUT, now);
            return;
        }
        t.keepProbes++;
        c.stack.writer.send(c, TcpWire.ACK, c.sender.sndUna - 1, 0, 0, false, now);
        t.keepAt = now + interval(c);
    }

    private static boolean isWanted(TcpConnection c) {
        return c.settings.keepAlive && c.state.isSynchronized() && c.state != TcpState.TIME_WAIT;
    }

    /// These two states have the timer for themselves.
    private static void stop(TcpConnection c) {
        if (c.state != TcpState.FIN_WAIT_2 && c.state != TcpState.TIME_WAIT) {
            c.timers.keepAt = 0;
        }
    }

    private static long idle(TcpConnection c) {
        long own = c.settings.keepIdleNanos;
        return own > 0 ? own : c.stack.parameters.keepIdleNanos;
    }

    private static long interval(TcpConnection c) {
        long own = c.settings.keepIntervalNanos;
        return own > 0 ? own : c.stack.parameters.keepIntervalNanos;
    }

    private static int count(TcpConnection c) {
        int own = c.settings.keepCount;
        return own > 0 ? own : c.stack.parameters.keepCount;
    }

    private KeepAlive() {}
}
