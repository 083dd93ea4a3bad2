// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// The round-trip time and the timeout that follows from it (RFC 6298), in nanoseconds. The minimum
/// of the timeout bounds the variance, so that a timeout is at least the round trip and that
/// minimum, or a slop is added, as FreeBSD does.
final class RoundTrip {
    /// Linux's window for the smallest round trip, 300 s.
    private static final long MIN_WINDOW = 300_000_000_000L;

    /// Smoothed; 0: no sample yet.
    long srtt;

    /// The mean deviation, and its maximum over the flight.
    long variance;

    private long deviation;
    private long maxDeviation;
    private int deviationEnd;
    long min = Long.MAX_VALUE;
    private long minAt;
    long rto;
    int backoff;

    RoundTrip(TcpParameters p) {
        rto = p.rtoInitialNanos;
    }

    /// Takes a sample; `sndUna` and `sndNxt` tell flights apart.
    void sample(TcpParameters p, long rtt, int sndUna, int sndNxt, long now) {
        rtt = Math.max(rtt, 1000);
        if (rtt <= min || now - minAt > MIN_WINDOW) {
            min = rtt;
            minAt = now;
        }
        if (p.isFreebsd()) {
            if (srtt == 0) {
                srtt = rtt;
                variance = rtt / 2;
            } else {
                variance += (Math.abs(rtt - srtt) - variance) / 4;
                srtt += (rtt - srtt) / 8;
            }
            rto = clamp(p, Math.max(srtt + 4 * variance, p.rtoMinNanos) + p.rtoSlopNanos);
            return;
        }
        if (srtt == 0) {
            srtt = rtt;
            deviation = rtt << 1;
            variance = Math.max(deviation, p.rtoMinNanos);
            maxDeviation = variance;
            deviationEnd = sndNxt;
        } else {
            long error = rtt - srtt;
            srtt += error >> 3;
            if (error < 0) {
                // A round trip that shrinks fast must not look like jitter.
                error = -error - (deviation >> 2);
                if (error > 0) {
                    error >>= 3;
                }
            } else {
                error -= deviation >> 2;
            }
            deviation += error;
            if (deviation > maxDeviation) {
                maxDeviation = deviation;
                variance = Math.max(variance, maxDeviation);
            }
            if (SeqNum.after(sndUna, deviationEnd)) {
                if (maxDeviation < variance) {
                    variance -= (variance - maxDeviation) >> 2;
                }
                deviationEnd = sndNxt;
                maxDeviation = p.rtoMinNanos;
            }
        }
        rto = clamp(p, srtt + variance);
    }

    private static long clamp(TcpParameters p, long rto) {
        return Math.min(rto, p.rtoMaxNanos);
    }

    /// The timeout with the doublings there were.
    long backedOff(TcpParameters p) {
        if (backoff == 0) return rto;
        if (p.isFreebsd()) {
            long base = rto - (srtt == 0 ? 0 : p.rtoSlopNanos);
            return Math.min((base << Math.min(backoff, 12)) + p.rtoSlopNanos, p.rtoMaxNanos);
        }
        return Math.min(rto << Math.min(backoff, 20), p.rtoMaxNanos);
    }
}
