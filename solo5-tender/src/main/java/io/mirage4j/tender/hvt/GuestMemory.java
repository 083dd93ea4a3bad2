// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tender.image.Image;
import io.mirage4j.tender.image.RefusedException;
import io.mirage4j.tender.image.Segment;
import io.mirage4j.tender.linux.Mapping;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/// The memory of a guest, one block from address 0.
///
/// The pages of the image are protected in our own address space, and by that in the guest's: what
/// it may execute, nobody writes. A hypercall that would write there is refused before the kernel
/// or the JVM stumbles over it, so every address from a guest passes [#readable] or [#writable].
/// Those and the accessors allocate nothing.
final class GuestMemory implements AutoCloseable {
    private final Mapping mapping;
    private final MemorySegment memory;
    private final long octets;

    /// How much of it is the guest's.
    private long visible;

    /// Pages that are not to be written, or not even read: start, end, start, end.
    private long[] readOnly = {};

    private long[] closed = {};

    GuestMemory(long octets) throws IOException {
        mapping = Mapping.anonymous(octets);
        memory = mapping.memory();
        this.octets = octets;
    }

    long octets() {
        return octets;
    }

    /// Where it lies for the host.
    long hostAddress() {
        return memory.address();
    }

    /// Puts the image there and protects its pages. Returns the end of the last.
    ///
    /// @param visibleOctets how much of the memory is the guest's
    long load(Image image, long visibleOctets) throws IOException, RefusedException {
        List<Segment> segments = image.segments(visibleOctets);
        visible = visibleOctets;
        long end = 0;
        for (Segment segment : segments) {
            memory.asSlice(segment.address(), segment.fileOctets())
                    .copyFrom(image.octets(segment).asSegment());
            int protection =
                    (segment.isReadable() ? Mapping.PROT_READ : 0)
                            | (segment.isWritable() ? Mapping.PROT_WRITE : 0);
            mapping.protect(segment.start(), segment.end() - segment.start(), protection);
            end = segment.end();
        }
        readOnly = ranges(segments, Segment.WRITE);
        closed = ranges(segments, Segment.READ | Segment.EXECUTE);
        return end;
    }

    /// The pages of the segments that have none of these flags. A loop: a stream costs a young JVM
    /// more than the whole of the rest.
    private static long[] ranges(List<Segment> segments, int flags) {
        long[] ranges = new long[2 * segments.size()];
        int count = 0;
        for (Segment segment : segments) {
            if ((segment.flags() & flags) == 0) {
                ranges[count++] = segment.start();
                ranges[count++] = segment.end();
            }
        }
        return Arrays.copyOf(ranges, count);
    }

    /// The address, if the guest may read `length` octets there.
    long readable(long address, long length) throws GuestFault {
        return checked(address, length, closed, "to be read");
    }

    /// The address, if the guest may write `length` octets there, and read them.
    long writable(long address, long length) throws GuestFault {
        checked(address, length, closed, "to be read");
        return checked(address, length, readOnly, "to be written");
    }

    private long checked(long address, long length, long[] forbidden, String purpose)
            throws GuestFault {
        if (address < 0 || length < 0 || address > visible - length) {
            throw new GuestFault(
                    "hypercall with address 0x%x + length 0x%x, memory ends at 0x%x"
                            .formatted(address, length, visible));
        }
        for (int i = 0; i < forbidden.length; i += 2) {
            if (address < forbidden[i + 1] && address + length > forbidden[i] && length > 0) {
                throw new GuestFault(
                        "hypercall with address 0x%x + length 0x%x, 0x%x..0x%x is not %s"
                                .formatted(
                                        address, length, forbidden[i], forbidden[i + 1], purpose));
            }
        }
        return address;
    }

    int getInt(long address) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    long getLong(long address) {
        return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    void putInt(long address, int value) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
    }

    void putLong(long address, long value) {
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    /// The octets there as a window, for devices that take one.
    Cstruct window(long address, int length) {
        return Cstruct.of(slice(address, length));
    }

    MemorySegment slice(long address, long length) {
        return memory.asSlice(address, length);
    }

    @Override
    public void close() {
        mapping.close();
    }
}
