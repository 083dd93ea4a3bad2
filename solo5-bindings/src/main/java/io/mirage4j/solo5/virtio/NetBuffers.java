// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

/// As many buffers as a queue has descriptors, each with room for the header and a frame that is
/// not longer than the MTU.
final class NetBuffers {
    /// In front of a frame (virtio 1.2, 5.1.6): what was left undone, in how many buffers it came.
    static final int HEADER = 12;

    static final int HEADER_BUFFERS = 10;

    final Cstruct memory;
    final int stride;
    private final long address;

    NetBuffers(int count, int longestPlain) {
        stride = (HEADER + longestPlain + 63) & -64;
        memory = Cstruct.allocate(count * stride, 64);
        address = memory.asSegment().address();
    }

    /// Where buffer `index` begins in [#memory].
    int offset(int index) {
        return index * stride;
    }

    /// Where the device finds it.
    long address(int index) {
        return address + offset(index);
    }
}
