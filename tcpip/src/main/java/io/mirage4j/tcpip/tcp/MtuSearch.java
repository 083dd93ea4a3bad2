// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// Packetization-layer path-MTU discovery (RFC 4821 and 8899): now and then a segment is larger
/// than the others; if it arrives, all may be. Sizes are of payload. A probe that is lost says
/// nothing of congestion.
final class MtuSearch {
    /// Narrower than this the search is over.
    private static final int THRESHOLD = 8;

    private static final int MIN_CWND = 11;
    private static final int FLOOR = 48;

    private final Sender s;
    private int low;
    private int high;
    private int size;
    private int start;

    MtuSearch(Sender s, int low, int high) {
        this.s = s;
        this.low = low;
        this.high = high;
    }

    /// How large a segment to probe with now; 0: no probe.
    int probe(TcpConnection c, int waiting, int room) {
        if (size != 0 || high - low < THRESHOLD) return 0;
        Recovery r = s.recovery;
        if (r.state != Recovery.OPEN || s.window.cwnd < MIN_CWND) return 0;
        if (c.receiver.holes.count() > 0) return 0;
        int next = Math.min((high + low) >>> 1, c.path.full());
        if (next <= s.mss) return 0;
        int needed = next + (r.deliveries.reordering + 1) * s.mss;
        if (waiting < needed || room < needed) return 0;
        return r.inFlight() + 2 > s.window.cwnd ? 0 : next;
    }

    void sent(int octets, int seq) {
        size = octets;
        start = seq;
        s.window.cwnd--;
    }

    /// [Sender#sndUna] has moved. Returns the new size of segments, or 0.
    int acknowledged() {
        if (size == 0 || SeqNum.before(s.sndUna, start + size)) return 0;
        int proven = size;
        low = proven;
        size = 0;
        // The window stays what it is in octets.
        s.window.cwnd = Math.max(2, (int) ((long) s.window.cwnd * s.mss / proven));
        return proven;
    }

    /// Whether what is lost is the probe, and nothing else. Then it has failed.
    boolean isLost(int lost) {
        if (size == 0 || s.sndUna != start) return false;
        high = size - 1;
        size = 0;
        s.window.cwnd++;
        return lost <= 1;
    }

    /// Nothing gets through: smaller segments might. Returns their size.
    int blackHole(int baseMss) {
        size = 0;
        high = Math.max(high, s.mss);
        low = Math.max(FLOOR, Math.min(baseMss, low == s.mss ? low >> 1 : baseMss));
        return low;
    }
}
