// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.ArrayList;
import java.util.List;

/// The rules by which the segments of an image may lie in a guest's memory.
final class Segments {
    private static final int PT_LOAD = 1;
    private static final int PAGE_OCTETS = 4096;

    static List<Segment> layOut(
            String name, ReadOnlyCstruct file, ElfHeader header, long memoryOctets)
            throws RefusedException {
        long entry = header.entry();
        if (entry < Image.LOWEST_ADDRESS || entry >= memoryOctets) {
            throw refused(
                    name,
                    "entry %s is not in %s..%s%s"
                            .formatted(
                                    hex(entry),
                                    hex(Image.LOWEST_ADDRESS),
                                    hex(memoryOctets),
                                    entry < Image.LOWEST_ADDRESS ? "" : "; give more by --mem"));
        }
        List<Segment> segments = new ArrayList<>();
        long lastAddress = 0;
        long end = Image.LOWEST_ADDRESS;
        for (int i = 0; i < header.count(); i++) {
            int at = header.programHeader(i);
            if (file.u32le(at) != PT_LOAD || file.u64le(at + 32) == 0) continue;
            String what = "segment " + i;
            Segment segment = segment(name, what, file, at, memoryOctets);
            if (segment.address() < lastAddress) {
                throw refused(
                        name,
                        "%s at %s does not ascend, the one before is at %s"
                                .formatted(what, hex(segment.address()), hex(lastAddress)));
            }
            if (segment.start() < end) {
                throw refused(
                        name,
                        end == Image.LOWEST_ADDRESS
                                ? "%s begins at %s, below %s"
                                        .formatted(what, hex(segment.start()), hex(end))
                                : "%s begins at %s, on a page of the one before, which ends at %s"
                                        .formatted(what, hex(segment.start()), hex(end)));
            }
            lastAddress = segment.address();
            end = segment.end();
            segments.add(segment);
        }
        return List.copyOf(segments);
    }

    private static Segment segment(
            String name, String what, ReadOnlyCstruct file, int at, long memoryOctets)
            throws RefusedException {
        int flags = file.u32le(at + 4);
        long offset = file.u64le(at + 8);
        long address = file.u64le(at + 16);
        long fileOctets = file.u64le(at + 32);
        long octets = file.u64le(at + 40);
        long align = file.u64le(at + 48);
        if (Long.compareUnsigned(address, Image.LOWEST_ADDRESS) < 0) {
            throw refused(name, what + " is at " + hex(address) + ", below 0x100000");
        }
        if (Long.bitCount(align) != 1) {
            throw refused(name, what + " has alignment " + hex(align) + ", not a power of two");
        }
        if (Long.compareUnsigned(octets, fileOctets) < 0) {
            throw refused(
                    name,
                    "%s has %s octets of memory for %s of the file"
                            .formatted(what, hex(octets), hex(fileOctets)));
        }
        // Memory is far smaller than 2^62, so none of these sums can wrap unseen.
        if (Long.compareUnsigned(address, memoryOctets) >= 0
                || Long.compareUnsigned(octets, memoryOctets - address) > 0) {
            throw refused(
                    name,
                    "%s at %s of %s octets does not fit into memory of %s; give more by --mem"
                            .formatted(what, hex(address), hex(octets), hex(memoryOctets)));
        }
        if (offset < 0 || fileOctets > file.length() || offset > file.length() - fileOctets) {
            throw refused(
                    name,
                    "%s has %s octets at %s, the file ends at %s"
                            .formatted(what, hex(fileOctets), hex(offset), hex(file.length())));
        }
        long start = address & -align;
        long unaligned = address + octets;
        long end = unaligned + (align - 1) & -align;
        if (Long.compareUnsigned(end, unaligned) < 0
                || Long.compareUnsigned(end, memoryOctets) > 0) {
            throw refused(
                    name,
                    "%s ends at %s with alignment %s, behind memory of %s; give more by --mem"
                            .formatted(what, hex(unaligned), hex(align), hex(memoryOctets)));
        }
        if (start % PAGE_OCTETS != 0 || end % PAGE_OCTETS != 0) {
            throw refused(
                    name,
                    "%s lies in %s..%s, not in whole pages of 0x1000"
                            .formatted(what, hex(start), hex(end)));
        }
        int writeExecute = Segment.WRITE | Segment.EXECUTE;
        if ((flags & writeExecute) == writeExecute) {
            throw refused(name, what + " is to be both written and executed");
        }
        return new Segment(address, offset, (int) fileOctets, start, end, flags);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static RefusedException refused(String name, String what) {
        return new RefusedException(
                name + ": " + what + (what.contains("--mem") ? "" : "; link the image again"));
    }

    private Segments() {}
}
