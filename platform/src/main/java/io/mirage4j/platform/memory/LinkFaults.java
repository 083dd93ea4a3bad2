// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

/// What a [FaultyLink] does to frames. Shares are from 0 to 1; each frame's fate is drawn by
/// itself.
///
/// ```java
/// LinkFaults.NONE.loss(0.02).delayNanos(20_000_000).octetsPerSecond(1_250_000)
/// ```
///
/// @param loss the share that never arrives
/// @param duplication the share that arrives twice
/// @param corruption the share that arrives with one bit turned
/// @param reordering the share that is held back by another `delayNanos + 1` ms, so that others
///   overtake it
/// @param delayNanos how long each frame is under way
/// @param jitterNanos how much longer, at most; it does not change the order
/// @param octetsPerSecond how fast frames leave one after another; 0 is at once
/// @param queueOctets how many wait to leave before the next are dropped; matters only at a rate
public record LinkFaults(
        double loss,
        double duplication,
        double corruption,
        double reordering,
        long delayNanos,
        long jitterNanos,
        long octetsPerSecond,
        long queueOctets) {
    public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 0, 0, 0, 0, 256 * 1024);

    public LinkFaults {
        checkShare("loss", loss);
        checkShare("duplication", duplication);
        checkShare("corruption", corruption);
        checkShare("reordering", reordering);
        if ((delayNanos | jitterNanos | octetsPerSecond | queueOctets) < 0) {
            throw new IllegalArgumentException(
                    "delay %d, jitter %d, rate %d or queue %d < 0"
                            .formatted(delayNanos, jitterNanos, octetsPerSecond, queueOctets));
        }
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is not in 0..1");
        }
    }

    public LinkFaults loss(double share) {
        return new LinkFaults(
                share,
                duplication,
                corruption,
                reordering,
                delayNanos,
                jitterNanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults duplication(double share) {
        return new LinkFaults(
                loss,
                share,
                corruption,
                reordering,
                delayNanos,
                jitterNanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults corruption(double share) {
        return new LinkFaults(
                loss,
                duplication,
                share,
                reordering,
                delayNanos,
                jitterNanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults reordering(double share) {
        return new LinkFaults(
                loss,
                duplication,
                corruption,
                share,
                delayNanos,
                jitterNanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults delayNanos(long nanos) {
        return new LinkFaults(
                loss,
                duplication,
                corruption,
                reordering,
                nanos,
                jitterNanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults jitterNanos(long nanos) {
        return new LinkFaults(
                loss,
                duplication,
                corruption,
                reordering,
                delayNanos,
                nanos,
                octetsPerSecond,
                queueOctets);
    }

    public LinkFaults octetsPerSecond(long rate) {
        return new LinkFaults(
                loss,
                duplication,
                corruption,
                reordering,
                delayNanos,
                jitterNanos,
                rate,
                queueOctets);
    }

    public LinkFaults queueOctets(long octets) {
        return new LinkFaults(
                loss,
                duplication,
                corruption,
                reordering,
                delayNanos,
                jitterNanos,
                octetsPerSecond,
                octets);
    }
}
