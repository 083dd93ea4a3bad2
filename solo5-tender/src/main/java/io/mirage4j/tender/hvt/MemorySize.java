// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.image.RefusedException;

/// How much memory a guest has: whole large pages, at most what four page directories map. A
/// network ring takes one more large page behind it, or, where there is no more, the last one of
/// them.
///
/// @param octets without the ring
public record MemorySize(long octets) {
    private static final int MOST_MEGABYTES = 4096;
    private static final long MEGABYTE = 1 << 20;
    private static final long MOST_OCTETS = MOST_MEGABYTES * MEGABYTE;

    /// So many megabytes, less what does not fill a large page, but at least one.
    public static MemorySize ofMegabytes(int megabytes) throws RefusedException {
        if (megabytes < 1 || megabytes > MOST_MEGABYTES) {
            throw new RefusedException(
                    "memory of %d MB: give 1 to %d by --mem".formatted(megabytes, MOST_MEGABYTES));
        }
        long octets = megabytes * MEGABYTE & -LowMemory.LARGE_PAGE_OCTETS;
        return new MemorySize(Math.max(octets, LowMemory.LARGE_PAGE_OCTETS));
    }

    long totalOctets(boolean withRing) {
        return withRing ? Math.min(octets + LowMemory.LARGE_PAGE_OCTETS, MOST_OCTETS) : octets;
    }

    /// What the guest is told that it has.
    long visibleOctets(boolean withRing) {
        return withRing ? totalOctets(true) - LowMemory.LARGE_PAGE_OCTETS : octets;
    }
}
