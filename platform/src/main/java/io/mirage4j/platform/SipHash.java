// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

/// SipHash-2-4, a keyed hash of 64 bits that nobody can foresee without the key (Aumasson and
/// Bernstein, 2012): for cookies, sequence numbers, and tables that strangers fill. Octets count
/// from the least significant one.
///
/// One object is used again and again, by one thread. Nothing here allocates.
public final class SipHash {
    private final long k0;
    private final long k1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private int octets;

    /// A hash with a key of sixteen octets, the first eight in `k0`.
    public SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
        start();
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

    /// Adds eight octets.
    public SipHash add(long word) {
        octets += 8;
        mix(word);
        return this;
    }

    /// The hash of what was added.
    public long finish() {
        return finish(0, 0);
    }

    /// The hash of the first `length` octets of `data`, and nothing else.
    public long of(byte[] data, int length) {
        start();
        int whole = length & ~7;
        for (int at = 0; at < whole; at += 8) add(word(data, at, 8));
        return finish(word(data, whole, length - whole), length - whole);
    }

    private static long word(byte[] data, int off, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) word |= (data[off + i] & 0xffL) << (8 * i);
        return word;
    }

    /// The last word has the rest, and the length of all in its highest octet.
    private long finish(long rest, int restOctets) {
        mix((long) (octets + restOctets) << 56 | rest);
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
