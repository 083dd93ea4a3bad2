// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// In which pieces a window is used: whether a part of what could go out in one piece goes now, or
/// waits for the next acknowledgment to go with more. It follows Linux's rules for devices that cut
/// long segments, so that what is on its way at a time, and what the buffer makes of that, is the
/// same. [TcpParameters#burstDivisor] turns it on.
///
/// A piece is what the application's writes were laid into ([SendBuffer#pieceAt]).
final class Bursts {
    private static final long MILLISECOND = 1_000_000L;
    private static final int MOST = 65_536;

    /// Whether the piece of `len` octets in front of everything unsent had better wait. `quota`
    /// segments and `room` octets may go; the last ones went at `lastSentAt`.
    static boolean waits(Sender s, int len, int quota, int room, long lastSentAt, long now) {
        TcpParameters p = s.c.stack.parameters;
        if (s.recovery.state >= Recovery.RECOVERY || now - lastSentAt > MILLISECOND) return false;
        long byCongestion = (long) quota * s.mss;
        long most = Math.min(byCongestion, room);
        if (most >= (long) segmentsAtOnce(s, p) * s.mss) return false;
        boolean isLast = len >= s.buffer.end() - s.sndNxt;
        if (!isLast && most >= len) return false;
        if (most >= Math.min(s.sndWnd, (long) s.window.cwnd * s.mss) / p.burstDivisor) return false;
        if (s.board.isEmpty()) return false;
        // The acknowledgment that it would wait for is far off.
        if (now - s.board.sentAt(s.board.head()) < s.rtt.srtt / 2) return false;
        return most <= len || !(s.finQueued && isLast);
    }

    /// How much of a piece of `len` octets goes at once.
    static int length(Sender s, int len, int quota) {
        int half = Math.max(1, s.window.cwnd / 2);
        int segments = Math.min(Math.min(quota, half), segmentsAtOnce(s, s.c.stack.parameters));
        return (int) Math.min(len, (long) segments * s.mss);
    }

    /// What is sent in a millisecond; more on short paths, where bursts do less harm.
    private static int segmentsAtOnce(Sender s, TcpParameters p) {
        long octets = s.rtt.srtt == 0 ? MOST : Pacer.octetsPerSecond(s) >> 10;
        long shift = (s.rtt.min / 1000) >> 9;
        if (shift < 32) {
            octets += MOST >> shift;
        }
        return Math.max(p.burstSegments, (int) (Math.min(octets, MOST) / s.mss));
    }

    private Bursts() {}
}
