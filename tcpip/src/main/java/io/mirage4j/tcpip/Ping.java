// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

/// Asks one host whether it is there: [Stack#ping].
public final class Ping {
    /// How many questions may be without an answer; a power of two.
    static final int WINDOW = 256;

    private final Pings pings;
    final PingListener listener;
    final int identifier;
    final long high;
    final long low;

    /// When the last questions were sent, by sequence number modulo [#WINDOW].
    final long[] sentAt = new long[WINDOW];

    int next;
    int hopLimit;

    Ping(Pings pings, PingListener listener, int identifier, IpAddress to) {
        this.pings = pings;
        this.listener = listener;
        this.identifier = identifier;
        high = Addresses.high(to);
        low = Addresses.low(to);
    }

    /// Hop limit of the questions, for who wants to know who is on the way; 0 for the usual one.
    public Ping hopLimit(int hops) {
        hopLimit = hops & 0xff;
        return this;
    }

    /// Sends the next question, with `octets` octets of payload; its sequence number is one more
    /// than the last one's, from 0, modulo 65536.
    public Verdict send(int octets, long nowNanos) {
        return pings.send(this, octets, nowNanos);
    }

    public void close() {
        pings.close(this);
    }
}
