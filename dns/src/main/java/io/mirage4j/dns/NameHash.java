// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

/// The hash of names: the sum of `octet * B^i` over the lower-case octets, each at its place `i`
/// from the front of the name.
///
/// It can be summed up from the front, as names in messages must be read; and because `B` is odd
/// and so has an inverse modulo 2^32, the hash of what is left after the first `i` octets follows
/// from the sum of those: `(whole - front) * B^-i`. Nothing here allocates.
final class NameHash {
    static final int B = 0x01000193;
    static final int INVERSE = inverse(B);

    /// Of the name at `off` of `octets`.
    static int of(byte[] octets, int off) {
        int hash = 0;
        int power = 1;
        for (int at = off, label; (label = octets[at]) != 0; ) {
            for (int i = 0; i <= label; i++) {
                hash += DnsName.fold(octets[at + i] & 0xff) * power;
                power *= B;
            }
            at += label + 1;
        }
        return hash;
    }

    /// By Newton's iteration, each step of which doubles the number of right bits.
    private static int inverse(int odd) {
        int x = odd;
        for (int i = 0; i < 5; i++) x *= 2 - odd * x;
        return x;
    }

    private NameHash() {}
}
