// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.mirage4j.cstruct.Cstruct;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for several datagrams and what the kernel wants to know of each: an array of `mmsghdr`,
/// each with one buffer and one endpoint. The layout is that of 64-bit systems.
///
/// ```
///  0      8          16    24       32        40           48      56        60  64
/// | name | namelen  | iov | iovlen | control | controllen | flags | msg_len |    |
/// ```
final class MessageBatch {
    private static final int HEADER = 64;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int MESSAGE_LENGTH = 56;
    private static final int IOVEC = 16;
    private static final int LINE = 64;

    final MemorySegment headers;
    final MemorySegment endpoints;
    final int capacity;
    private final MemorySegment vectors;
    private final Cstruct[] buffers;

    /// @param capacity of each buffer
    MessageBatch(int count, int capacity) {
        this.capacity = capacity;
        Arena arena = Arena.ofAuto();
        headers = arena.allocate((long) count * HEADER, LINE);
        vectors = arena.allocate((long) count * IOVEC, LINE);
        endpoints = arena.allocate((long) count * SocketAddressWire.OCTETS, LINE);
        // A line more than they need: at a distance of a power of two, all heads of datagrams would
        // want the same places in the cache.
        long stride = (capacity + LINE - 1L) / LINE * LINE + LINE;
        MemorySegment memory = arena.allocate(count * stride, LINE);
        buffers = new Cstruct[count];
        for (int i = 0; i < count; i++) {
            MemorySegment buffer = memory.asSlice(i * stride, capacity);
            buffers[i] = Cstruct.of(buffer);
            vectors.set(ADDRESS, (long) i * IOVEC, buffer);
            vectors.set(JAVA_LONG, i * (long) IOVEC + 8, capacity);
            long header = (long) i * HEADER;
            headers.set(ADDRESS, header, endpoints.asSlice(endpointOff(i)));
            headers.set(JAVA_INT, header + NAME_LENGTH, SocketAddressWire.OCTETS);
            headers.set(ADDRESS, header + IOV, vectors.asSlice((long) i * IOVEC));
            headers.set(JAVA_LONG, header + IOV_COUNT, 1);
        }
    }

    Cstruct buffer(int i) {
        return buffers[i];
    }

    static long endpointOff(int i) {
        return (long) i * SocketAddressWire.OCTETS;
    }

    /// The headers from the i-th on.
    MemorySegment from(int i) {
        return i == 0 ? headers : headers.asSlice((long) i * HEADER);
    }

    /// How long the endpoint is; where one is received, how much room it has.
    void endpointLength(int i, int octets) {
        headers.set(JAVA_INT, (long) i * HEADER + NAME_LENGTH, octets);
    }

    /// How much of the buffer is to be sent.
    void length(int i, int octets) {
        vectors.set(JAVA_LONG, i * (long) IOVEC + 8, octets);
    }

    /// How much was received.
    int received(int i) {
        return headers.get(JAVA_INT, (long) i * HEADER + MESSAGE_LENGTH);
    }
}
