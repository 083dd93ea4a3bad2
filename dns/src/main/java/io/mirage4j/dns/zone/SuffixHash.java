// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

/// The hash of names in lower case, summed from the root so that those of all suffixes of a name
/// come out of one walk over it. Nothing here allocates.
final class SuffixHash {
    static final int ROOT = 0x811c9dc5;

    private static final int PRIME = 0x01000193;

    /// The hash of the name that is the label at `off`, its length octet included, in front of a
    /// name with the hash `parent`.
    static int child(int parent, byte[] octets, int off) {
        int hash = parent;
        int end = off + octets[off] + 1;
        for (int i = off; i < end; i++) hash = (hash ^ octets[i]) * PRIME;
        return hash;
    }

    /// Spreads a hash over a table whose size is `mask + 1`, a power of two.
    static int slot(int hash, int mask) {
        return (hash ^ hash >>> 15) & mask;
    }

    private SuffixHash() {}
}
