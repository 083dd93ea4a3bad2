// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.SipHash;

/// How many answers of one kind a network of clients gets a second over UDP, so that a server is no
/// use to whoever forges source addresses. A table of fixed size, whose slots go to whoever comes:
/// two that share a slot take it from each other, and so are limited less, never more.
///
/// Used by one thread. Nothing here allocates.
final class RateLimit {
    enum Verdict {
        ANSWER,
        /// A truncated answer: a client that is really there asks again over TCP.
        SLIP,
        DROP
    }

    private static final int SLOTS = 1 << 14;
    private static final long SECOND = 1_000_000_000;

    private final SipHash hash;
    private final byte[] address = new byte[16];
    private final Cstruct addressBuf = Cstruct.of(address);
    private final long[] keys;
    private final long[] since;
    private final int[] answers;
    private final int perSecond;
    private final int slip;

    RateLimit(ServerOptions options) {
        perSecond = options.answersPerSecond();
        slip = options.slip();
        hash = new SipHash(options.cookieSecret0(), options.cookieSecret1());
        int slots = perSecond > 0 ? SLOTS : 0;
        keys = new long[slots];
        since = new long[slots];
        answers = new int[slots];
    }

    boolean isOn() {
        return perSecond > 0;
    }

    /// What is to become of an answer with this rcode.
    Verdict count(IpAddress client, MessageView query, int rcode, long nowNanos) {
        long key = key(client, query, rcode);
        int slot = (int) (key ^ key >>> 32) & SLOTS - 1;
        if (keys[slot] != key || nowNanos - since[slot] >= SECOND) {
            keys[slot] = key;
            since[slot] = nowNanos;
            answers[slot] = 0;
        }
        int over = ++answers[slot] - perSecond;
        if (over <= 0) return Verdict.ANSWER;
        return slip > 0 && over % slip == 0 ? Verdict.SLIP : Verdict.DROP;
    }

    /// The network of the client, the rcode, and the name: that of the zone where nothing was
    /// found, since each query of a flood has another one.
    private long key(IpAddress client, MessageView query, int rcode) {
        client.write(addressBuf, 0);
        int octets = client.lengthOctets() == 4 ? 3 : 7;
        long key = hash.of(address, octets);
        if (rcode == Rcode.NOERROR
                && query.verdict() == MessageView.Verdict.OK
                && query.hasQuestion()) {
            key = key * 31 + query.questionHash();
        }
        return key * 31 + rcode;
    }
}
