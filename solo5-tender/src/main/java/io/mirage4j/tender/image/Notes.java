// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The notes of Solo5. Each lies in a PT_NOTE of its own, of which only the first note is read.
///
/// ```
///   0  u32 name size, 6
///   4  u32 descriptor size
///   8  u32 type
///  12  "Solo5", NUL ended, padded to 8
///  20  descriptor
/// ```
final class Notes {
    private static final int PT_NOTE = 4;
    private static final int NOTE_HEAD_OCTETS = 12;
    private static final int HEAD_OCTETS = 20;
    private static final int NAME_SIZE = 6;
    private static final long NAME = 0x356f6c6f53L; // "Solo5" and NUL, first letter lowest
    private static final long NAME_MASK = 0xffff_ffff_ffffL;

    private static final int ABI_TYPE = 0x31494241; // "ABI1"
    private static final int ABI_OCTETS = 16;
    private static final int MOST_ABI_OCTETS = 32;

    private static final int MANIFEST_TYPE = 0x3154464d; // "MFT1"

    /// The manifest is 8-aligned in a note that is, so 4 octets lie before it.
    private static final int MANIFEST_PADDING = 4;

    private static final int MOST_MANIFEST_OCTETS =
            MANIFEST_PADDING + 8 + Manifest.MOST_ENTRIES * Manifest.ENTRY_OCTETS;

    /// Refuses an image that was not made for this version of this target.
    static void checkAbi(String name, ReadOnlyCstruct file, ElfHeader header, Target target)
            throws RefusedException {
        ReadOnlyCstruct abi = find(name, file, header, "ABI", ABI_TYPE, MOST_ABI_OCTETS);
        if (abi.length() < ABI_OCTETS) {
            throw refused(name, "ABI note of " + abi.length() + " octets is too short, it has 16");
        }
        if (abi.u32le(0) != target.code()) {
            throw new RefusedException(
                    "%s: image is for %s, not for %s; run it there, or build it with --target %3$s"
                            .formatted(name, Target.wordOf(abi.u32le(0)), target.word()));
        }
        if (abi.u32le(4) != target.version()) {
            throw new RefusedException(
                    "%s: image speaks version %s of the interface of %s, not %d; build it again"
                            .formatted(
                                    name,
                                    Integer.toUnsignedString(abi.u32le(4)),
                                    target.word(),
                                    target.version()));
        }
    }

    static Manifest manifest(String name, ReadOnlyCstruct file, ElfHeader header)
            throws RefusedException {
        ReadOnlyCstruct note =
                find(name, file, header, "manifest", MANIFEST_TYPE, MOST_MANIFEST_OCTETS);
        if (note.length() <= MANIFEST_PADDING) {
            throw refused(name, "manifest note of " + note.length() + " octets holds nothing");
        }
        return Manifest.parse(name, note.shift(MANIFEST_PADDING));
    }

    /// The descriptor of the first note of that type.
    private static ReadOnlyCstruct find(
            String name, ReadOnlyCstruct file, ElfHeader header, String what, int type, int most)
            throws RefusedException {
        for (int i = 0; i < header.count(); i++) {
            int at = header.programHeader(i);
            if (file.u32le(at) != PT_NOTE) continue;
            ReadOnlyCstruct segment =
                    segment(name, file, i, file.u64le(at + 8), file.u64le(at + 32));
            if (segment.length() < HEAD_OCTETS
                    || segment.u32le(0) != NAME_SIZE
                    || (segment.u64le(12) & NAME_MASK) != NAME
                    || segment.u32le(8) != type) {
                continue;
            }
            int octets = segment.u32le(4);
            if (octets < 1 || octets > most || octets > segment.length() - HEAD_OCTETS) {
                throw refused(
                        name,
                        "%s note says %s octets; at most %d are allowed and %d are there"
                                .formatted(
                                        what,
                                        Integer.toUnsignedString(octets),
                                        most,
                                        segment.length() - HEAD_OCTETS));
            }
            return segment.sub(HEAD_OCTETS, octets);
        }
        throw new RefusedException(
                "%s: no %s note of Solo5; give an image that was linked for a tender"
                        .formatted(name, what));
    }

    private static ReadOnlyCstruct segment(
            String name, ReadOnlyCstruct file, int index, long offset, long octets)
            throws RefusedException {
        if (octets >= 0 && octets < NOTE_HEAD_OCTETS) {
            throw refused(
                    name,
                    "note segment %d of %d octets is too short, a head has 12"
                            .formatted(index, octets));
        }
        // Only what is used has to be there: the longest note is far shorter than 64 KiB.
        int used = (int) Math.min(octets < 0 ? Long.MAX_VALUE : octets, 1 << 16);
        if (offset < 0 || offset > file.length()) {
            throw refused(
                    name,
                    "note segment %d begins at %s, behind the end of the file, %d"
                            .formatted(index, Long.toUnsignedString(offset), file.length()));
        }
        return file.sub((int) offset, Math.min(used, file.length() - (int) offset));
    }

    private static RefusedException refused(String name, String what) {
        return new RefusedException(name + ": " + what + "; build the image again");
    }

    private Notes() {}
}
