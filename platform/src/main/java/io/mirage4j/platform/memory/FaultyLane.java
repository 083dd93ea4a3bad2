// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.PriorityQueue;

/// One direction of a [FaultyLink]: frames by the time of their arrival.
final class FaultyLane {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long OVERTAKING_NANOS = 1_000_000;

    private record Travelling(long arrival, long number, Cstruct frame) {}

    private final Clock clock;
    private final Entropy entropy;
    private final PriorityQueue<Travelling> underWay =
            new PriorityQueue<>(
                    Comparator.comparingLong(Travelling::arrival)
                            .thenComparingLong(Travelling::number));
    private LinkFaults faults;

    private long idleFrom; // when the last frame has left
    private long lastArrival; // of a frame that was not held back
    private long number;

    private long lost;
    private long overflowed;
    private long doubled;
    private long corrupted;
    private long reordered;
    private long sent;

    FaultyLane(Clock clock, Entropy entropy, LinkFaults faults) {
        this.clock = clock;
        this.entropy = entropy;
        this.faults = faults;
    }

    void faults(LinkFaults next) {
        faults = next;
    }

    void send(byte[] frame) {
        sent++;
        // All draws are made for each frame, so that one fault more does not change the others.
        boolean loses = draws(faults.loss());
        boolean doubles = draws(faults.duplication());
        boolean corrupts = draws(faults.corruption());
        boolean holds = draws(faults.reordering());
        long bit = entropy.nextLong() >>> 1;
        long jitter = below(faults.jitterNanos());

        long left = leave(frame.length);
        if (left < 0) {
            overflowed++;
            return;
        }
        if (loses) {
            lost++;
            return;
        }
        if (corrupts) {
            corrupted++;
            int turned = (int) (bit % (frame.length * 8L));
            frame[turned >>> 3] ^= (byte) (1 << (turned & 7));
        }
        long arrival = Math.max(lastArrival, left + faults.delayNanos() + jitter);
        if (holds) {
            reordered++;
            arrival += faults.delayNanos() + OVERTAKING_NANOS;
        } else {
            lastArrival = arrival;
        }
        underWay.add(new Travelling(arrival, number++, Cstruct.of(frame)));
        if (doubles) {
            doubled++;
            underWay.add(new Travelling(arrival, number++, Cstruct.of(frame.clone())));
        }
    }

    /// When a frame of `octets` has left, or -1 if it finds no place to wait.
    private long leave(int octets) {
        long now = clock.nanoTime();
        long rate = faults.octetsPerSecond();
        if (rate == 0) return now;
        long start = Math.max(now, idleFrom);
        long waiting = (long) ((double) (start - now) * rate / NANOS_PER_SECOND);
        if (waiting + octets > faults.queueOctets() && start > now) return -1;
        idleFrom = start + Math.max(1, octets * NANOS_PER_SECOND / rate);
        return idleFrom;
    }

    private boolean draws(double share) {
        // 53 bits are what a double in 0..1 can tell apart.
        return (entropy.nextLong() >>> 11) * 0x1p-53 < share;
    }

    private long below(long bound) {
        long draw = entropy.nextLong() >>> 1;
        return bound == 0 ? 0 : draw % bound;
    }

    @Nullable Cstruct poll() {
        Travelling first = underWay.peek();
        if (first == null || first.arrival() > clock.nanoTime()) return null;
        underWay.remove();
        return first.frame();
    }

    long nextArrival() {
        Travelling first = underWay.peek();
        return first == null ? Engine.NEVER : first.arrival();
    }

    FaultyLink.Counts counts() {
        return new FaultyLink.Counts(sent, lost, overflowed, doubled, corrupted, reordered);
    }
}
