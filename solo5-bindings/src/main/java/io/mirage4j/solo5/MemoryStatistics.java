// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

/// The guest's memory behind its image, in octets: all of it, what the heap of Java has, what
/// stacks and native buffers have, and the most that was ever used by both.
public record MemoryStatistics(
        long totalOctets, long heapOctets, long nativeOctets, long peakOctets) {
    public long freeOctets() {
        return totalOctets - heapOctets - nativeOctets;
    }
}
