// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.table.PacketQueue;
import io.mirage4j.tcpip.table.Timers.Timer;

import org.jspecify.annotations.Nullable;

/// What is known of another host on the link (RFC 4861, 7.3.2; for IPv4 the same).
final class Neighbour {
    enum State {
        /// Asked for; its packets wait.
        INCOMPLETE,
        REACHABLE,
        /// Known, but not lately confirmed.
        STALE,
        /// Used again since, and given some time to be confirmed by itself.
        DELAY,
        /// Asked whether it is still there.
        PROBE
    }

    final long high;
    final long low;
    final PacketQueue waiting = new PacketQueue();
    State state = State.INCOMPLETE;
    long mac = -1;
    long reachableUntil;
    int solicitations;
    boolean isRouter;

    /// Made by [Neighbours], once.
    @Nullable Timer timer;

    Neighbour(long high, long low) {
        this.high = high;
        this.low = low;
    }
}
