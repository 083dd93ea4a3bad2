// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// As much of an ELF file as a tender looks at.
record ElfImage(Cstruct octets) {
    static final int LOAD = 1;
    static final int NOTE = 4;
    static final int WRITABLE = 2;
    static final int EXECUTABLE = 1;

    record Segment(
            int type, int flags, long offset, long address, long inFile, long size, long align) {
        long start() {
            return address & -align;
        }

        long end() {
            return (address + size + align - 1) & -align;
        }
    }

    static ElfImage read(Path file) throws IOException {
        return new ElfImage(Cstruct.of(Files.readAllBytes(file)));
    }

    int type() {
        return octets.u16le(16);
    }

    int machine() {
        return octets.u16le(18);
    }

    long entry() {
        return octets.u64le(24);
    }

    int segmentHeaderOctets() {
        return octets.u16le(54);
    }

    List<Segment> segments(int type) {
        int start = (int) octets.u64le(32);
        return IntStream.range(0, octets.u16le(56))
                .mapToObj(i -> segment(start + i * segmentHeaderOctets()))
                .filter(segment -> segment.type() == type)
                .toList();
    }

    private Segment segment(int at) {
        return new Segment(
                octets.u32le(at),
                octets.u32le(at + 4),
                octets.u64le(at + 8),
                octets.u64le(at + 16),
                octets.u64le(at + 32),
                octets.u64le(at + 40),
                octets.u64le(at + 48));
    }

    Cstruct content(Segment segment) {
        return octets.sub((int) segment.offset(), (int) segment.inFile());
    }
}
