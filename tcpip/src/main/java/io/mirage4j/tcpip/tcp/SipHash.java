// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// SipHash-2-4 (Aumasson and Bernstein, 2012) of a few `long`s: the keyed hash behind initial
/// sequence numbers, SYN cookies, ports, Fast Open cookies and the connection table. Nothing here
/// allocates.
final class SipHash {
    private final long k0;
    private final long k1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private int octets;

    SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    SipHash start() {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
        octets = 0;
        return this;
    }

    /// Adds 8 octets, the least significant first.
    SipHash add(long word) {
        octets += 8;
        mix(word);
        return this;
    }

    long finish() {
        mix((long) octets << 56);
        v2 ^= 0xff;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void mix(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
