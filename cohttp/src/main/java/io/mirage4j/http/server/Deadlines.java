// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

/// How long a client may take for each thing, in nanoseconds.
///
/// @param headNanos from the first octet of a request to the end of its head; then 408
/// @param bodyNanos that the content may be late, beyond the time it takes at `bodyOctetsPerSecond`
/// @param bodyOctetsPerSecond how slow a client may send content, for long
/// @param idleNanos between two requests
/// @param writeNanos in which a client that reads takes 64 KiB
/// @param totalNanos from the first octet of a request to the last of its response; event streams
///   are without
public record Deadlines(
        long headNanos,
        long bodyNanos,
        long bodyOctetsPerSecond,
        long idleNanos,
        long writeNanos,
        long totalNanos) {
    private static final long SECOND = 1_000_000_000L;

    /// 10 s for a head, 20 s and 500 octets a second for content, 60 s idle, 30 s for a write, an
    /// hour for all.
    public static final Deadlines DEFAULT =
            new Deadlines(10 * SECOND, 20 * SECOND, 500, 60 * SECOND, 30 * SECOND, 3600 * SECOND);

    public Deadlines {
        check("headNanos", headNanos);
        check("bodyNanos", bodyNanos);
        check("bodyOctetsPerSecond", bodyOctetsPerSecond);
        check("idleNanos", idleNanos);
        check("writeNanos", writeNanos);
        check("totalNanos", totalNanos);
    }

    private static void check(String name, long value) {
        if (value <= 0) throw new IllegalArgumentException(name + " " + value + " < 1");
    }

    public Deadlines withHead(long nanos) {
        return new Deadlines(
                nanos, bodyNanos, bodyOctetsPerSecond, idleNanos, writeNanos, totalNanos);
    }

    public Deadlines withBody(long nanos, long octetsPerSecond) {
        return new Deadlines(headNanos, nanos, octetsPerSecond, idleNanos, writeNanos, totalNanos);
    }

    public Deadlines withIdle(long nanos) {
        return new Deadlines(
                headNanos, bodyNanos, bodyOctetsPerSecond, nanos, writeNanos, totalNanos);
    }

    public Deadlines withWrite(long nanos) {
        return new Deadlines(
                headNanos, bodyNanos, bodyOctetsPerSecond, idleNanos, nanos, totalNanos);
    }

    public Deadlines withTotal(long nanos) {
        return new Deadlines(
                headNanos, bodyNanos, bodyOctetsPerSecond, idleNanos, writeNanos, nanos);
    }

    /// When content that began to come at `start` has to have gone on, `octets` of it being there.
    long bodyDeadline(long start, long octets) {
        long earned = octets / bodyOctetsPerSecond;
        return start + bodyNanos + Math.min(earned, Long.MAX_VALUE / 4 / SECOND) * SECOND;
    }
}
