// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

/// A cable between two ports that loses, delays, doubles, reorders and corrupts frames as a seed
/// will have it: the same frames at the same times have the same fate in every run. Time is the
/// clock's, so with a [VirtualClock] an hour takes a moment:
///
/// ```java
/// long next = Math.min(link.nextDeadline(), Math.min(a.nextDeadline(), b.nextDeadline()));
/// clock.advanceTo(next);
/// ```
///
/// Both ports belong to one thread. It always has room; what a slow link can not hold is dropped.
public final class FaultyLink {
    private final FaultyLane eastward;
    private final FaultyLane westward;
    private final NetDevice left;
    private final NetDevice right;

    private FaultyLink(Clock clock, long seed, LinkFaults eastward, LinkFaults westward, int mtu) {
        // Two generators: what one direction sends does not change the other's fate.
        this.eastward = new FaultyLane(clock, new SeededEntropy(seed), eastward);
        this.westward = new FaultyLane(clock, new SeededEntropy(~seed), westward);
        left =
                new FaultyPort(
                        new MacAddress(0x02_00_00_00_00_01L), mtu, this.westward, this.eastward);
        right =
                new FaultyPort(
                        new MacAddress(0x02_00_00_00_00_02L), mtu, this.eastward, this.westward);
    }

    /// A link of the usual MTU with the same faults both ways.
    public static FaultyLink create(Clock clock, long seed, LinkFaults faults) {
        return create(clock, seed, faults, faults, MemoryLink.MTU);
    }

    /// A link with faults of its own for each direction.
    ///
    /// @param eastward what happens to what the left port sends
    /// @param westward what happens to what the right port sends
    public static FaultyLink create(
            Clock clock, long seed, LinkFaults eastward, LinkFaults westward, int mtu) {
        return new FaultyLink(clock, seed, eastward, westward, mtu);
    }

    /// The port `02:00:00:00:00:01`.
    public NetDevice left() {
        return left;
    }

    /// The port `02:00:00:00:00:02`.
    public NetDevice right() {
        return right;
    }

    /// What happens from now on to frames of the left port; those under way stay as they are.
    public void eastward(LinkFaults faults) {
        eastward.faults(faults);
    }

    /// What happens from now on to frames of the right port; those under way stay as they are.
    public void westward(LinkFaults faults) {
        westward.faults(faults);
    }

    /// When the next frame arrives somewhere; [Engine#NEVER] if none is under way.
    public long nextDeadline() {
        return Math.min(eastward.nextArrival(), westward.nextArrival());
    }

    /// What has happened so far, both ways together.
    public Counts counts() {
        return eastward.counts().plus(westward.counts());
    }

    /// How often what has happened.
    ///
    /// @param sent frames that were committed
    /// @param lost those that were drawn to be lost
    /// @param overflowed those that a slow link could not hold
    public record Counts(
            long sent, long lost, long overflowed, long doubled, long corrupted, long reordered) {
        Counts plus(Counts other) {
            return new Counts(
                    sent + other.sent,
                    lost + other.lost,
                    overflowed + other.overflowed,
                    doubled + other.doubled,
                    corrupted + other.corrupted,
                    reordered + other.reordered);
        }
    }
}
