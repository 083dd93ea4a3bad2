// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

/// Where what stands in a blob. All numbers are little-endian, 32 bits wide but for times, and not
/// over 2^31.
///
/// ```
/// bodies         octets of the values, each at a multiple of 16; the same octets once
/// index
///   entries      one a path: 48 octets; the entry of slot i is entry i
///   displacements  of the perfect hash, one a bucket
///   order        the numbers of the entries, by path in the order of its characters
///   body table   where a body is, how long, and its SHA-256: 40 octets
///   type table   where a media type is among the names, and how long: 8 octets
///   names        paths and media types, UTF-8
/// gap            zeros, so that all of it is whole sectors of a disk
/// footer         64 octets, below
/// ```
///
/// The footer is last so that a blob can be written in one pass, of contents larger than memory.
final class Format {
    static final int FOOTER = 64;
    static final int ENTRY = 48;
    static final int BODY = 40;
    static final int TYPE = 8;
    static final int BODY_ALIGNMENT = 16;
    static final int SECTOR = 512;

    /// `crunch` and version 1, in the order of the octets.
    static final long MAGIC = 0x0100_6863_6e75_7263L;

    // Offsets in the footer.
    static final int F_MAGIC = 0;
    static final int F_INDEX_AT = 8;
    static final int F_INDEX_LENGTH = 12;
    static final int F_INDEX_CRC = 16;
    static final int F_ENTRIES = 20;
    static final int F_SLOTS = 24;
    static final int F_BODIES = 28;
    static final int F_TYPES = 32;
    static final int F_NAMES = 36;
    static final int F_SEED = 40;
    static final int F_CRC = 60;

    // Offsets in an entry. A number that may be none is one more than itself, or 0.
    static final int E_HASH = 0;
    static final int E_NEXT = 4;
    static final int E_NAME_AT = 8;
    static final int E_NAME_LENGTH = 12;
    static final int E_MODIFIED = 16;
    static final int E_BODY = 24;
    static final int E_GZIP = 28;
    static final int E_BROTLI = 32;
    static final int E_TYPE = 36;

    // Offsets in a row of the body table.
    static final int B_AT = 0;
    static final int B_LENGTH = 4;
    static final int B_DIGEST = 8;
    static final int DIGEST = 32;

    private Format() {}
}
