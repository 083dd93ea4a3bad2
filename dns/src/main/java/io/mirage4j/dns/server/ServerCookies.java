// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.SipHash;

/// Server cookies that servers of other makes understand, if they share the secret (RFC 9018):
///
/// ```
///  0        1          4            8              16
/// +--------+----------+------------+----------------+
/// | 1      | reserved | time       | SipHash-2-4    |
/// +--------+----------+------------+----------------+
/// ```
///
/// Used by one thread. Nothing here allocates.
final class ServerCookies {
    static final int CLIENT_OCTETS = 8;
    static final int SERVER_OCTETS = 16;

    private static final int VERSION = 1;

    /// RFC 9018, 4.3: for how long a cookie is taken, and by how much a clock may be ahead.
    private static final int OLDEST_SECONDS = 3600;

    private static final int EARLIEST_SECONDS = 300;

    private final SipHash hash;
    private final byte[] input = new byte[32];
    private final Cstruct address = Cstruct.of(input);

    /// @param k0 with `k1` the secret, each eight octets of it from the least significant on
    ServerCookies(long k0, long k1) {
        hash = new SipHash(k0, k1);
    }

    /// Whether the sixteen octets behind the client's cookie at `off` are what this server gave to
    /// that client.
    boolean isGood(ReadOnlyCstruct message, int off, IpAddress client, long seconds) {
        message.copyTo(off, input, 0, CLIENT_OCTETS + 8);
        if (input[8] != VERSION) return false;
        int then = message.u32be(off + CLIENT_OCTETS + 4);
        int age = (int) seconds - then;
        if (age > OLDEST_SECONDS || age < -EARLIEST_SECONDS) return false;
        return Long.reverseBytes(hash(client)) == message.u64be(off + CLIENT_OCTETS + 8);
    }

    /// Writes the sixteen octets for the client whose cookie is at `off` of `message`.
    void put(
            ReadOnlyCstruct message,
            int off,
            IpAddress client,
            long seconds,
            Cstruct to,
            int toOff) {
        message.copyTo(off, input, 0, CLIENT_OCTETS);
        input[8] = VERSION;
        input[9] = 0;
        input[10] = 0;
        input[11] = 0;
        address.putU32be(12, (int) seconds);
        to.put(toOff, input, CLIENT_OCTETS, 8);
        to.putU64le(toOff + 8, hash(client));
    }

    private long hash(IpAddress client) {
        client.write(address, 16);
        return hash.of(input, 16 + client.lengthOctets());
    }
}
