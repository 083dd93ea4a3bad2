// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.wire.Verdict;

import java.util.Map;

/// What a [Stack] has done, and what it holds, at one moment.
///
/// @param packets that wait to be sent
/// @param packetsWaiting those of them that wait for a neighbour
/// @param reassemblyOctets what datagrams in pieces cost
/// @param drops how often something was dropped, by cause; causes that were not met are not in it
public record StackCounters(
        long framesIn,
        long octetsIn,
        long framesOut,
        long octetsOut,
        int neighbours,
        int packets,
        int packetsWaiting,
        int reassemblyOctets,
        int timers,
        Map<Verdict, Long> drops) {
    public StackCounters {
        drops = Map.copyOf(drops);
    }

    /// How often something was dropped for one cause.
    public long dropped(Verdict cause) {
        return drops.getOrDefault(cause, 0L);
    }

    /// How often anything was dropped.
    public long dropped() {
        long sum = 0;
        for (long count : drops.values()) {
            sum += count;
        }
        return sum;
    }
}
