// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The header of a message (RFC 1035, 4.1.1; AD and CD: RFC 4035, 3.1.6), read and written in place
/// at the start of the window. Nothing here allocates.
///
/// ```
///  0  1           4  5  6  7  8  9 10 11         15
/// +-----------------------------------------------+
/// |                      id                       |
/// |QR|  opcode   |AA|TC|RD|RA| Z|AD|CD|   rcode   |
/// |   questions, answers, authorities, additionals |
/// +-----------------------------------------------+
/// ```
public final class HeaderWire {
    public static final int LENGTH = 12;

    public static final int QR = 0x8000;
    public static final int AA = 0x0400;
    public static final int TC = 0x0200;
    public static final int RD = 0x0100;
    public static final int RA = 0x0080;
    public static final int Z = 0x0040;
    public static final int AD = 0x0020;
    public static final int CD = 0x0010;

    private static final int OPCODE_SHIFT = 11;

    public static int id(ReadOnlyCstruct message) {
        return message.u16be(0);
    }

    /// All sixteen bits of flags, opcode and rcode.
    public static int flags(ReadOnlyCstruct message) {
        return message.u16be(2);
    }

    public static int opcode(int flags) {
        return flags >> OPCODE_SHIFT & 15;
    }

    public static int rcode(int flags) {
        return flags & 15;
    }

    /// The bits of an opcode, to be combined with flags.
    public static int opcodeBits(int opcode) {
        return (opcode & 15) << OPCODE_SHIFT;
    }

    public static int count(ReadOnlyCstruct message, Section section) {
        return message.u16be(section.countOff());
    }

    public static void putId(Cstruct message, int id) {
        message.putU16be(0, id);
    }

    public static void putFlags(Cstruct message, int flags) {
        message.putU16be(2, flags);
    }

    public static void putCount(Cstruct message, Section section, int count) {
        message.putU16be(section.countOff(), count);
    }

    private HeaderWire() {}
}
