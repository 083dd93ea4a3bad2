// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.Cstruct;

import java.nio.charset.StandardCharsets;

/// A small image made by hand, good as it stands, to be spoilt in one place. It exits at once.
///
/// ```
/// 0x0000  head, program headers: text, data, ABI note, manifest note
/// 0x0200  ABI note
/// 0x0240  manifest note
/// 0x1000  text, for 0x100000
/// 0x2000  data, for 0x101000, with a page of zeroes behind it
/// ```
public final class ElfFile {
    public static final int TEXT = 0;
    public static final int DATA = 1;
    public static final int ABI = 2;
    public static final int MANIFEST = 3;

    // Fields of a program header.
    public static final int TYPE = 0;
    public static final int FLAGS = 4;
    public static final int OFFSET = 8;
    public static final int ADDRESS = 16;
    public static final int FILE_SIZE = 32;
    public static final int MEMORY_SIZE = 40;
    public static final int ALIGN = 48;

    public static final int ABI_AT = 0x200;
    public static final int MANIFEST_AT = 0x240;

    /// Where the manifest begins, and its first device.
    public static final int MANIFEST_HEAD = MANIFEST_AT + 24;

    private static final int HEADERS_AT = 64;
    private static final int HEADER_OCTETS = 56;
    private static final int OCTETS = 0x2100;

    /// xor edi, edi; mov eax, 231 (exit_group); syscall
    private static final byte[] CODE = {
        0x31, (byte) 0xff, (byte) 0xb8, (byte) 231, 0, 0, 0, 0x0f, 0x05
    };

    private final Cstruct octets = Cstruct.create(OCTETS);

    public ElfFile(Target target) {
        octets.putU32be(0, 0x7f454c46);
        octets.putU8(4, 2); // 64 bit
        octets.putU8(5, 1); // little-endian
        octets.putU8(6, 1);
        octets.putU16le(16, 2); // EXEC
        octets.putU16le(18, 62); // x86-64
        octets.putU32le(20, 1);
        octets.putU64le(24, 0x100000);
        octets.putU64le(32, HEADERS_AT);
        octets.putU16le(52, 64);
        octets.putU16le(54, HEADER_OCTETS);
        octets.putU16le(56, 4);
        segment(TEXT, 1, 5, 0x1000, 0x100000, CODE.length, 0x1000);
        segment(DATA, 1, 6, 0x2000, 0x101000, 0x100, 0x1100);
        segment(ABI, 4, 4, ABI_AT, 0, 36, 36);
        octets.put(0x1000, CODE);
        note(ABI_AT, 0x31494241, 16);
        octets.putU32le(ABI_AT + 20, target.code());
        octets.putU32le(ABI_AT + 24, target.version());
        devices();
    }

    private void segment(
            int index, int type, int flags, long offset, long address, long file, long memory) {
        put32(index, TYPE, type);
        put32(index, FLAGS, flags);
        put64(index, OFFSET, offset);
        put64(index, ADDRESS, address);
        put64(index, FILE_SIZE, file);
        put64(index, MEMORY_SIZE, memory);
        put64(index, ALIGN, type == 1 ? 0x1000 : 8);
    }

    private void note(int at, int type, int octetsInIt) {
        octets.putU32le(at, 6);
        octets.putU32le(at + 4, octetsInIt);
        octets.putU32le(at + 8, type);
        octets.put(at + 12, "Solo5".getBytes(StandardCharsets.US_ASCII));
    }

    /// Writes a manifest of these network devices.
    public ElfFile devices(String... names) {
        int size = 12 + Manifest.ENTRY_OCTETS * (1 + names.length);
        segment(MANIFEST, 4, 4, MANIFEST_AT, 0, 20 + size, 20 + size);
        note(MANIFEST_AT, 0x3154464d, size);
        octets.putU32le(MANIFEST_HEAD, 1);
        octets.putU32le(MANIFEST_HEAD + 4, 1 + names.length);
        octets.putU32le(entry(0) + 68, 0x40000000);
        for (int i = 0; i < names.length; i++) {
            octets.put(entry(i + 1), names[i].getBytes(StandardCharsets.ISO_8859_1));
            octets.putU32le(entry(i + 1) + 68, 2);
        }
        return this;
    }

    public static int entry(int index) {
        return MANIFEST_HEAD + 8 + index * Manifest.ENTRY_OCTETS;
    }

    public ElfFile put8(int at, int value) {
        octets.putU8(at, value);
        return this;
    }

    public ElfFile put16(int at, int value) {
        octets.putU16le(at, value);
        return this;
    }

    public ElfFile put32(int at, int value) {
        octets.putU32le(at, value);
        return this;
    }

    public ElfFile put64(int at, long value) {
        octets.putU64le(at, value);
        return this;
    }

    public ElfFile put32(int segment, int field, int value) {
        return put32(HEADERS_AT + segment * HEADER_OCTETS + field, value);
    }

    public ElfFile put64(int segment, int field, long value) {
        return put64(HEADERS_AT + segment * HEADER_OCTETS + field, value);
    }

    public Cstruct octets() {
        return octets;
    }
}
