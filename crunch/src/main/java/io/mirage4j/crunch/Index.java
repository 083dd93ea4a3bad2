// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The tables of a blob, each a window. Opening checks that they are whole (their CRC) and where
/// they say they are; what they say of single entries is checked by the windows when it is used.
final class Index {
    final ReadOnlyCstruct blob;
    final int entries;
    final int slots;
    final int seed;
    final ReadOnlyCstruct entryTable;
    final ReadOnlyCstruct displacements;
    final ReadOnlyCstruct order;
    private final int buckets;
    private final ReadOnlyCstruct bodyTable;
    private final ReadOnlyCstruct typeTable;
    private final ReadOnlyCstruct names;

    private Index(ReadOnlyCstruct blob, ReadOnlyCstruct footer, ReadOnlyCstruct index) {
        this.blob = blob;
        this.entries = footer.s32le(Format.F_ENTRIES);
        this.slots = footer.s32le(Format.F_SLOTS);
        this.seed = footer.s32le(Format.F_SEED);
        this.buckets = PerfectHash.buckets(slots);
        int bodies = footer.s32le(Format.F_BODIES);
        int types = footer.s32le(Format.F_TYPES);
        int at = 0;
        this.entryTable = index.sub(at, entries * Format.ENTRY);
        at += entryTable.length();
        this.displacements = index.sub(at, buckets * Integer.BYTES);
        at += displacements.length();
        this.order = index.sub(at, entries * Integer.BYTES);
        at += order.length();
        this.bodyTable = index.sub(at, bodies * Format.BODY);
        at += bodyTable.length();
        this.typeTable = index.sub(at, types * Format.TYPE);
        at += typeTable.length();
        this.names = index.sub(at, footer.s32le(Format.F_NAMES));
    }

    static Index open(ReadOnlyCstruct blob) throws BadBlobException {
        int footerAt = blob.length() - Format.FOOTER;
        if (footerAt < 0 || blob.u64le(footerAt) != Format.MAGIC) {
            throw new BadBlobException(
                    blob.length() + " octets are no blob of crunch: make one with mirage crunch");
        }
        ReadOnlyCstruct footer = blob.shift(footerAt);
        if (crc(footer.sub(0, Format.F_CRC)) != u32(footer, Format.F_CRC)) throw damaged("footer");
        int at = footer.s32le(Format.F_INDEX_AT);
        int length = footer.s32le(Format.F_INDEX_LENGTH);
        if (at < 0
                || length < 0
                || at > footerAt - length
                || footerAt - length - at >= Format.SECTOR) {
            throw new BadBlobException(
                    "an index of %d octets at %d does not end at the footer at %d"
                            .formatted(length, at, footerAt));
        }
        ReadOnlyCstruct index = blob.sub(at, length);
        if (length != lengthOf(footer)) {
            throw new BadBlobException(
                    "an index of %d octets should have %d by its counts"
                            .formatted(length, lengthOf(footer)));
        }
        if (u32(footer, Format.F_SLOTS) > u32(footer, Format.F_ENTRIES)) {
            throw new BadBlobException(
                    "%d slots of the index are more than its %d entries"
                            .formatted(u32(footer, Format.F_SLOTS), u32(footer, Format.F_ENTRIES)));
        }
        if (crc(index) != u32(footer, Format.F_INDEX_CRC)) throw damaged("index");
        for (int gap = at + length; gap < footerAt; gap++) {
            if (blob.u8(gap) != 0) {
                throw new BadBlobException(
                        "octet %d between index and footer is not zero".formatted(gap));
            }
        }
        return new Index(blob, footer, index);
    }

    private static BadBlobException damaged(String part) {
        return new BadBlobException("the " + part + " of the blob is damaged: its CRC differs");
    }

    private static long lengthOf(ReadOnlyCstruct footer) {
        return u32(footer, Format.F_ENTRIES) * (long) (Format.ENTRY + Integer.BYTES)
                + PerfectHash.buckets(footer.s32le(Format.F_SLOTS)) * (long) Integer.BYTES
                + u32(footer, Format.F_BODIES) * (long) Format.BODY
                + u32(footer, Format.F_TYPES) * (long) Format.TYPE
                + u32(footer, Format.F_NAMES);
    }

    private static long u32(ReadOnlyCstruct footer, int offset) {
        return Integer.toUnsignedLong(footer.u32le(offset));
    }

    private static long crc(ReadOnlyCstruct octets) {
        CRC32 crc = new CRC32();
        crc.update(octets.asByteBuffer());
        return crc.getValue();
    }

    /// The slot of a path that is there; any other, or -1, of one that is not.
    int slot(int hash) {
        if (slots == 0) return -1;
        long spread = PerfectHash.spread(hash, seed);
        int bucket = PerfectHash.bucket(spread, buckets);
        return PerfectHash.slot(spread, displacements.s32le(bucket * Integer.BYTES), slots);
    }

    int hash(int entry) {
        return field(entry, Format.E_HASH);
    }

    int field(int entry, int offset) {
        return entryTable.s32le(entry * Format.ENTRY + offset);
    }

    long modified(int entry) {
        return entryTable.s64le(entry * Format.ENTRY + Format.E_MODIFIED);
    }

    String path(int entry) {
        return name(field(entry, Format.E_NAME_AT), field(entry, Format.E_NAME_LENGTH));
    }

    String type(int number) {
        return name(
                typeTable.s32le(number * Format.TYPE),
                typeTable.s32le(number * Format.TYPE + Integer.BYTES));
    }

    private String name(int at, int length) {
        return names.text(at, length, StandardCharsets.UTF_8);
    }

    ReadOnlyCstruct body(int number) {
        int row = number * Format.BODY;
        return blob.sub(bodyTable.s32le(row + Format.B_AT), bodyTable.s32le(row + Format.B_LENGTH));
    }

    ReadOnlyCstruct digest(int number) {
        return bodyTable.sub(number * Format.BODY + Format.B_DIGEST, Format.DIGEST);
    }
}
