// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.image;

/// A PT_LOAD that holds octets of the file, with its pages. Those with none are skipped, as every
/// tender does: memory is zero.
///
/// @param address where the octets of the file go
/// @param start the first octet of its first page
/// @param end the octet behind its last page
/// @param flags PF_R, PF_W, PF_X
public record Segment(
        long address, long fileOffset, int fileOctets, long start, long end, int flags) {
    public static final int EXECUTE = 1;
    public static final int WRITE = 2;
    public static final int READ = 4;

    public boolean isWritable() {
        return (flags & WRITE) != 0;
    }

    /// Whether data can be read from it: what can be executed is readable too, as the hardware has
    /// it.
    public boolean isReadable() {
        return (flags & (READ | EXECUTE)) != 0;
    }
}
