// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// The TCP header on the wire (RFC 9293, 3.1), read and written in place; `off` is its first octet.
/// Once [#check] returns [Verdict#OK] the readers stay in the segment. Nothing here allocates.
///
/// ```
///  0             15 16            31
/// +----------------+----------------+
/// |  source port   |  destination   |
/// |         sequence number         |
/// |      acknowledgment number      |
/// | off | flags    |     window     |
/// |    checksum    | urgent pointer |
/// |            options              |
/// +---------------------------------+
/// ```
final class TcpWire {
    static final int HEADER_LENGTH = 20;
    static final int MAX_OPTIONS = 40;
    static final int PROTOCOL = 6;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int URG = 0x20;
    static final int ECE = 0x40;
    static final int CWR = 0x80;

    private static final int SEQ = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;
    private static final int URGENT = 18;

    enum Verdict {
        OK,
        TRUNCATED,
        BAD_OFFSET
    }

    /// Tells whether the `len` octets from `off` hold a whole header with its options.
    static Verdict check(ReadOnlyCstruct buf, int off, int len) {
        if (len < HEADER_LENGTH) return Verdict.TRUNCATED;
        int header = headerLength(buf, off);
        if (header < HEADER_LENGTH) return Verdict.BAD_OFFSET;
        return header <= len ? Verdict.OK : Verdict.TRUNCATED;
    }

    static int sourcePort(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off);
    }

    static int destinationPort(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + 2);
    }

    static int seq(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + SEQ);
    }

    static int ack(ReadOnlyCstruct buf, int off) {
        return buf.u32be(off + ACKNOWLEDGMENT);
    }

    static int headerLength(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + DATA_OFFSET) >> 4 << 2;
    }

    static int flags(ReadOnlyCstruct buf, int off) {
        return buf.u8(off + FLAGS);
    }

    static int window(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + WINDOW);
    }

    static int urgent(ReadOnlyCstruct buf, int off) {
        return buf.u16be(off + URGENT);
    }

    /// Writes a header without its options, zeros in the place of checksum and urgent pointer. In
    /// few long stores, and returns its sum: what was just written in other pieces is slow to read.
    static long put(
            Cstruct buf,
            int off,
            int source,
            int destination,
            int seq,
            int ack,
            int headerLength,
            int flags,
            int window) {
        int ports = source << 16 | destination;
        int rest = headerLength << 26 | flags << 16 | window;
        buf.putU64be(off, pair(ports, seq));
        buf.putU64be(off + ACKNOWLEDGMENT, pair(ack, rest));
        buf.putU32be(off + CHECKSUM, 0);
        return words(ports) + words(seq) + words(ack) + words(rest);
    }

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | Integer.toUnsignedLong(second);
    }

    static void putUrgent(Cstruct buf, int off, int pointer) {
        buf.putU16be(off + URGENT, pointer);
    }

    static void putChecksum(Cstruct buf, int off, int checksum) {
        buf.putU16be(off + CHECKSUM, checksum);
    }

    /// The sum of the pseudo-header (RFC 9293, 3.1; RFC 8200, 8.1) of `len` octets of segment.
    static long pseudoHeaderSum(Envelope envelope, int len) {
        long sum = (long) PROTOCOL + (len >>> 16) + (len & 0xffff);
        if (envelope.isIpv4()) {
            return sum + words((int) envelope.sourceLow) + words((int) envelope.destinationLow);
        }
        return sum
                + words(envelope.sourceHigh)
                + words(envelope.sourceLow)
                + words(envelope.destinationHigh)
                + words(envelope.destinationLow);
    }

    /// The sum of eight octets.
    static long words(long half) {
        return words((int) (half >>> Integer.SIZE)) + words((int) half);
    }

    private static long words(int quarter) {
        return (long) (quarter >>> 16) + (quarter & 0xffff);
    }

    static boolean isChecksumRight(Envelope envelope, ReadOnlyCstruct buf, int off, int len) {
        long sum = InternetChecksum.onesComplementSum(buf, off, len);
        return InternetChecksum.fold(sum + pseudoHeaderSum(envelope, len)) == 0xffff;
    }

    private TcpWire() {}
}
