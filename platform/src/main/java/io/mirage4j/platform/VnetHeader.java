// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote.Checksum;
import io.mirage4j.platform.FrameNote.Segments;

/// A [FrameNote] as the header that travels in front of a frame to a virtio device or a TAP
/// interface (virtio 1.2, 5.1.6; Linux `struct virtio_net_hdr`). Little-endian, as virtio 1 has it;
/// Linux has the machine's order, which is the same wherever this runs. Nothing here allocates.
///
/// ```
/// | flags | gso_type | hdr_len : 16 | gso_size : 16 | csum_start : 16 | csum_offset : 16 |
/// ```
public final class VnetHeader {
    public static final int OCTETS = 10;

    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HDR_LEN = 2;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;

    private static final int NEEDS_CSUM = 1;
    private static final int DATA_VALID = 2;

    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;
    private static final int GSO_UDP_L4 = 5;
    private static final int GSO_ECN = 0x80;

    public static void write(Cstruct buf, int off, FrameNote note) {
        boolean partial = note.checksum() == Checksum.PARTIAL;
        buf.putU8(off + FLAGS, partial ? NEEDS_CSUM : 0);
        buf.putU8(
                off + GSO_TYPE,
                switch (note.segments()) {
                            case NONE -> GSO_NONE;
                            case TCP4 -> GSO_TCPV4;
                            case TCP6 -> GSO_TCPV6;
                            case UDP -> GSO_UDP_L4;
                        }
                        | (note.congestionWindowReduced() ? GSO_ECN : 0));
        buf.putU16le(off + HDR_LEN, note.headerOctets());
        buf.putU16le(off + GSO_SIZE, note.segmentOctets());
        buf.putU16le(off + CSUM_START, partial ? note.checksumStart() : 0);
        buf.putU16le(off + CSUM_OFFSET, partial ? note.checksumOffset() : 0);
    }

    /// Sets `note` to what the header says; false if that can not be.
    public static boolean read(Cstruct buf, int off, FrameNote note) {
        note.clear();
        int flags = buf.u8(off + FLAGS);
        if ((flags & NEEDS_CSUM) != 0) {
            note.partialChecksum(buf.u16le(off + CSUM_START), buf.u16le(off + CSUM_OFFSET));
        } else if ((flags & DATA_VALID) != 0) {
            note.verifiedChecksum();
        }
        int type = buf.u8(off + GSO_TYPE);
        if (type == GSO_NONE) return true;
        Segments kind =
                switch (type & ~GSO_ECN) {
                    case GSO_TCPV4 -> Segments.TCP4;
                    case GSO_TCPV6 -> Segments.TCP6;
                    case GSO_UDP_L4 -> Segments.UDP;
                    default -> Segments.NONE;
                };
        int size = buf.u16le(off + GSO_SIZE);
        if (kind == Segments.NONE || size == 0) return false;
        // virtio 1.2, 5.1.6.4: the length of the headers is a hint, which a device may leave out.
        note.segments(kind, buf.u16le(off + HDR_LEN), size);
        note.congestionWindowReduced((type & GSO_ECN) != 0);
        return true;
    }

    private VnetHeader() {}
}
