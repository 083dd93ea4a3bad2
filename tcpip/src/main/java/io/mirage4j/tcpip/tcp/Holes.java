// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import java.util.Arrays;

/// The stretches of data that came ahead of what is missing: disjoint, not touching, in the order
/// of sequence numbers; and the few that changed last, in the order in which SACK reports them (RFC
/// 2018, 4: the latest first).
final class Holes {
    private static final int[] EMPTY = {};

    /// For whoever has none: nothing is ever added to it.
    static final Holes NONE = new Holes();

    /// What fits into an option, and two more that move up when those are filled.
    static final int REPORTED = 6;

    private int[] start = EMPTY;
    private int[] end = EMPTY;
    private int count;

    private int[] recentStart = EMPTY;
    private int[] recentEnd = EMPTY;
    private int recent;

    int count() {
        return count;
    }

    int reported() {
        return recent;
    }

    int reportedStart(int i) {
        return recentStart[i];
    }

    int reportedEnd(int i) {
        return recentEnd[i];
    }

    int firstStart() {
        return start[0];
    }

    int lastEnd() {
        return end[count - 1];
    }

    /// Whether all of the stretch is there.
    boolean covers(int from, int to) {
        for (int i = 0; i < count; i++) {
            if (SeqNum.atMost(start[i], from) && SeqNum.atLeast(end[i], to)) return true;
        }
        return false;
    }

    /// The end of the first piece of `from` to `to` that is there, given that it begins at
    /// [#overlapStart]; equal to the start if nothing of it is.
    int overlapStart(int from, int to) {
        for (int i = 0; i < count; i++) {
            if (SeqNum.after(end[i], from) && SeqNum.before(start[i], to)) {
                return SeqNum.max(start[i], from);
            }
        }
        return to;
    }

    int overlapEnd(int from, int to) {
        for (int i = 0; i < count; i++) {
            if (SeqNum.after(end[i], from) && SeqNum.before(start[i], to)) {
                return SeqNum.min(end[i], to);
            }
        }
        return to;
    }

    /// Whether a stretch would need an entry of its own.
    boolean isSeparate(int from, int to) {
        for (int i = 0; i < count; i++) {
            if (SeqNum.atLeast(end[i], from) && SeqNum.atMost(start[i], to)) return false;
        }
        return true;
    }

    void add(int from, int to) {
        int at = 0;
        while (at < count && SeqNum.before(end[at], from)) at++;
        int last = at;
        while (last < count && SeqNum.atMost(start[last], to)) {
            from = SeqNum.min(from, start[last]);
            to = SeqNum.max(to, end[last]);
            last++;
        }
        if (last == at) {
            if (count == start.length) {
                int larger = Math.max(4, count * 2);
                start = Arrays.copyOf(start, larger);
                end = Arrays.copyOf(end, larger);
            }
            System.arraycopy(start, at, start, at + 1, count - at);
            System.arraycopy(end, at, end, at + 1, count - at);
            count++;
        } else if (last > at + 1) {
            System.arraycopy(start, last, start, at + 1, count - last);
            System.arraycopy(end, last, end, at + 1, count - last);
            count -= last - at - 1;
        }
        start[at] = from;
        end[at] = to;
        report(from, to);
    }

    private void report(int from, int to) {
        if (recentStart.length == 0) {
            recentStart = new int[REPORTED];
            recentEnd = new int[REPORTED];
        }
        int kept = 0;
        for (int i = 0; i < recent; i++) {
            boolean touches =
                    SeqNum.atLeast(recentEnd[i], from) && SeqNum.atMost(recentStart[i], to);
            if (touches) continue;
            recentStart[kept] = recentStart[i];
            recentEnd[kept++] = recentEnd[i];
        }
        int moved = Math.min(kept, REPORTED - 1);
        System.arraycopy(recentStart, 0, recentStart, 1, moved);
        System.arraycopy(recentEnd, 0, recentEnd, 1, moved);
        recentStart[0] = from;
        recentEnd[0] = to;
        recent = moved + 1;
    }

    /// Takes out what begins at or before `rcvNxt`, and returns where the data are complete to.
    int fill(int rcvNxt) {
        if (count == 0) return rcvNxt;
        int filled = 0;
        while (filled < count && SeqNum.atMost(start[filled], rcvNxt)) {
            rcvNxt = SeqNum.max(rcvNxt, end[filled]);
            filled++;
        }
        if (filled > 0) {
            System.arraycopy(start, filled, start, 0, count - filled);
            System.arraycopy(end, filled, end, 0, count - filled);
            count -= filled;
            int kept = 0;
            for (int i = 0; i < recent; i++) {
                if (SeqNum.atMost(recentEnd[i], rcvNxt)) continue;
                recentStart[kept] = recentStart[i];
                recentEnd[kept++] = recentEnd[i];
            }
            recent = kept;
        }
        if (count == 0) {
            clear();
        }
        return rcvNxt;
    }

    void clear() {
        count = 0;
        recent = 0;
    }
}
