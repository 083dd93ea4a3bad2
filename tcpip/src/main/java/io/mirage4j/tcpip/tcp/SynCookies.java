// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.platform.SipHash;

import org.jspecify.annotations.Nullable;

/// Listening without memory (RFC 4987, 3.6): what must be known of a half-open connection stands in
/// the sequence number of the SYN-ACK, signed, and comes back with the ACK.
///
/// ```
///  31          8 7   5 4     2  1    0
/// +-------------+-----+-------+----+----+
/// |    hash     | mss | shift |sack|time|
/// +-------------+-----+-------+----+----+
/// ```
///
/// MSS and shift are numbers of a table entry not above the true value. A cookie is good for one to
/// two of the periods whose parity is in it.
final class SynCookies {
    private static final int[] MSS = {216, 536, 1200, 1360, 1400, 1440, 1460, 8960};
    private static final int[] SHIFT = {-1, 0, 1, 2, 4, 6, 7, 8};

    private static final long PERIOD_NANOS = 64_000_000_000L;

    /// So long a cookie may come back.
    static final long LIFETIME_NANOS = 2 * PERIOD_NANOS;

    private final SipHash hash;

    SynCookies(SipHash hash) {
        this.hash = hash;
    }

    int make(Envelope e, Segment s, int mss, int shift, boolean sack, long now) {
        int data = index(MSS, mss) << 5 | index(SHIFT, shift) << 2 | (sack ? 2 : 0);
        long period = now / PERIOD_NANOS;
        data |= (int) period & 1;
        return sign(e, s, s.seq, data, period);
    }

    private static int index(int[] table, int value) {
        int i = table.length - 1;
        while (i > 0 && table[i] > value) i--;
        return i;
    }

    private int sign(Envelope e, Segment s, int irs, int data, long period) {
        long h =
                hash.start()
                        .add(e.sourceHigh)
                        .add(e.sourceLow)
                        .add(e.destinationHigh)
                        .add(e.destinationLow)
                        .add((long) s.sourcePort << 48 | (long) s.destinationPort << 32 | data)
                        .add(period << 32 | (irs & 0xffff_ffffL))
                        .finish();
        return ((int) h & 0xffffff00) | data;
    }

    /// What a SYN said, as far as its cookie remembers.
    record Memory(int irs, int iss, int mss, int shift, boolean sack) {}

    /// The memory that an ACK brings back; null if we did not give it.
    @Nullable Memory check(Envelope e, Segment s, long now) {
        int iss = s.ack - 1;
        int irs = s.seq - 1;
        int data = iss & 0xff;
        long period = now / PERIOD_NANOS;
        if ((period & 1) != (data & 1)) {
            period--;
        }
        if (sign(e, s, irs, data, period) != iss) return null;
        return new Memory(irs, iss, MSS[data >> 5 & 7], SHIFT[data >> 2 & 7], (data & 2) != 0);
    }
}
