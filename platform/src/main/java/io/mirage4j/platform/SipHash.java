// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

/// SipHash-2-4 (Aumasson and Bernstein, 2012), a hash with a key of 128 bits: who does not know it
/// can neither foretell a result nor choose what collides. For tables that strangers fill, for
/// sequence numbers and cookies.
///
/// ```java
/// long hash = new SipHash(k0, k1).start().add(first).add(second).finish();
/// ```
///
/// Octets count from the least significant one. One of it is used again and again by one thread;
/// then nothing here allocates.
public final class SipHash {
    private final long k0;
    private final long k1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private int octets;

    /// @param k0 the first 8 octets of the key, the least significant first
    /// @param k1 the other 8
    public SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /// Forgets what was added.
    public SipHash start() {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
        octets = 0;
        return this;
    }

    /// Adds 8 octets, the least significant first.
    public SipHash add(long word) {
        octets += 8;
        mix(word);
        return this;
    }

    /// The hash of what was added.
    public long finish() {
        return finish((long) octets << 56);
    }

    /// The hash of the first `length` octets of `data`.
    public long of(byte[] data, int length) {
        start();
        int whole = length & -8;
        for (int at = 0; at < whole; at += 8) mix(word(data, at, 8));
        return finish((long) length << 56 | word(data, whole, length - whole));
    }

    private static long word(byte[] data, int at, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) word |= (data[at + i] & 0xffL) << (8 * i);
        return word;
    }

    /// The last word has the rest, and the length in its highest octet.
    private long finish(long last) {
        mix(last);
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
