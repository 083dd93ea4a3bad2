// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The device's side of a split virtqueue, which reads what the driver wrote where the driver said
/// that it is. Honest, unless a test tells it to write something else.
public final class DeviceSide {
    /// A part of a request, as the descriptor says.
    public record Part(Cstruct memory, boolean writable) {}

    /// A request with its name.
    public record Request(int id, List<Part> parts) {
        int writableOctets() {
            return parts.stream()
                    .filter(Part::writable)
                    .mapToInt(part -> part.memory().length())
                    .sum();
        }
    }

    private static final int NEXT = 1;
    private static final int DEVICE_WRITES = 2;

    private final int size;
    private final Cstruct descriptors;
    private final Cstruct available;
    private final Cstruct used;
    private int taken;
    private int done;

    DeviceSide(int size, long descriptors, long available, long used) {
        this.size = size;
        this.descriptors = at(descriptors, size * 16);
        this.available = at(available, 6 + 2 * size);
        this.used = at(used, 8 + 8 * size);
    }

    static DeviceSide of(Virtqueue queue) {
        return new DeviceSide(
                queue.size(),
                queue.descriptors().asSegment().address(),
                queue.available().asSegment().address(),
                queue.used().asSegment().address());
    }

    static Cstruct at(long address, int octets) {
        return Cstruct.of(MemorySegment.ofAddress(address).reinterpret(octets));
    }

    boolean hasRequest() {
        return available.u16le(2) != (taken & 0xffff);
    }

    public Request next() {
        int id = available.u16le(4 + 2 * (taken++ % size));
        List<Part> parts = new ArrayList<>();
        int at = id;
        while (true) {
            int off = 16 * at;
            int flags = descriptors.u16le(off + 12);
            parts.add(
                    new Part(
                            at(descriptors.u64le(off), descriptors.u32le(off + 8)),
                            (flags & DEVICE_WRITES) != 0));
            if ((flags & NEXT) == 0) return new Request(id, parts);
            at = descriptors.u16le(off + 14);
        }
    }

    void give(int id, int octets) {
        used.putU32le(4 + 8 * (done % size), id);
        used.putU32le(8 + 8 * (done % size), octets);
        claim(1);
    }

    /// Says that `count` more were used, with whatever stands in the ring.
    void claim(int count) {
        done += count;
        used.putU16le(2, done & 0xffff);
    }

    /// Wants a notification when the request after so many is published.
    void notifyAfter(int count) {
        used.putU16le(4 + 8 * size, count);
    }

    void flags(int flags) {
        used.putU16le(0, flags);
    }

    /// Up to which used request the driver wants no interrupt.
    int usedEvent() {
        return available.u16le(4 + 2 * size);
    }

    int driverFlags() {
        return available.u16le(0);
    }
}
