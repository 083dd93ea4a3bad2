// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The head of an ELF file that a tender takes: 64 bit, little-endian, x86-64, executable at a
/// fixed address. Its program headers lie in the file.
///
/// @param entry where the program begins
/// @param programHeaders the offset of the first
/// @param count how many there are
record ElfHeader(long entry, int programHeaders, int count) {
    static final int OCTETS = 64;
    static final int PROGRAM_HEADER_OCTETS = 56;

    private static final int MAGIC = 0x464c457f; // 0x7f E L F
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int VERSION = 1;
    private static final int EXEC = 2;
    private static final int X86_64 = 62;

    static ElfHeader parse(String name, ReadOnlyCstruct file) throws RefusedException {
        if (file.length() < OCTETS) {
            throw refused(name, "of " + file.length() + " octets is too short, the head has 64");
        }
        if (file.u32le(0) != MAGIC) throw refused(name, "does not begin with 7f 'ELF'");
        expect(name, "class", file.u8(4), CLASS_64);
        expect(name, "byte order", file.u8(5), LITTLE_ENDIAN);
        expect(name, "type", file.u16le(16), EXEC);
        expect(name, "machine", file.u16le(18), X86_64);
        expect(name, "version", file.u32le(20), VERSION);
        expect(name, "size of the head", file.u16le(52), OCTETS);
        expect(name, "size of a program header", file.u16le(54), PROGRAM_HEADER_OCTETS);
        int count = file.u16le(56);
        if (count == 0) throw refused(name, "has no program header");
        long offset = file.u64le(32);
        long octets = (long) count * PROGRAM_HEADER_OCTETS;
        if (offset < 0 || offset > file.length() - octets) {
            throw refused(
                    name,
                    "of %d octets ends before its %d program headers at %s"
                            .formatted(file.length(), count, Long.toUnsignedString(offset)));
        }
        return new ElfHeader(file.u64le(24), (int) offset, count);
    }

    /// The offset of a program header in the file.
    int programHeader(int index) {
        return programHeaders + index * PROGRAM_HEADER_OCTETS;
    }

    private static void expect(String name, String field, int value, int expected)
            throws RefusedException {
        if (value != expected) {
            throw refused(
                    name,
                    "has %s %s, not %d"
                            .formatted(field, Integer.toUnsignedString(value), expected));
        }
    }

    private static RefusedException refused(String name, String what) {
        return new RefusedException(
                name
                        + ": ELF file "
                        + what
                        + "; give an image that was linked for a tender on x86-64");
    }
}
