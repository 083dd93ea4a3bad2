// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;

/// One half of a journal's disk: a head that makes it count, and entries behind it, each from the
/// start of a sector on, so that none is written again when the next one is.
///
/// ```
/// head   +--------+------------+--------+------+
///        | magic  | generation | CRC32C | apex |
/// entry  +--------+------------+--------+-------+--------+---------+
///        | magic  | generation | CRC32C | number| length | message |
///        +--------+------------+--------+-------+--------+---------+
///        0        4            12       16      20       24
/// ```
///
/// An entry of another generation, or whose number is not the next, is what was there before. So
/// generations only grow, whosever the half is: who takes it over goes on from there.
final class JournalHalf {
    /// What a head says.
    ///
    /// @param generation -1 where there is no head
    /// @param apex null where nobody's zone is there
    record Head(long generation, @Nullable DnsName apex) {}

    private static final Head NO_HEAD = new Head(-1, null);

    private static final int HEAD_MAGIC = 0x6d346a48;

    /// A half that was somebody's.
    private static final int FREE_MAGIC = 0x6d346a46;

    private static final int ENTRY_MAGIC = 0x6d346a45;
    private static final int GENERATION = 4;
    private static final int CRC = 12;
    private static final int HEAD_BODY = 16;
    private static final int NUMBER = 16;
    private static final int LENGTH = 20;
    private static final int MESSAGE = 24;
    private static final int MOST_OCTETS = 65_535;

    private final BlockDevice device;
    private final DnsName apex;
    private final long first;
    private final long sectors;
    private final int size;
    private final Cstruct buf;

    JournalHalf(BlockDevice device, DnsName apex, boolean second) {
        this.device = device;
        this.apex = apex;
        this.sectors = device.sectors() / 2;
        this.first = second ? sectors : 0;
        this.size = device.sectorSize();
        this.buf = Cstruct.create(roundUp(MESSAGE + MOST_OCTETS));
    }

    private int roundUp(int octets) {
        return (octets + size - 1) & -size;
    }

    /// The first sector of entries.
    static long start() {
        return 1;
    }

    Head head() throws IOException {
        Cstruct head = buf.sub(0, size);
        device.read(first, head);
        int magic = head.u32be(0);
        if (magic != HEAD_MAGIC && magic != FREE_MAGIC) return NO_HEAD;
        DnsName name = DnsName.read(head, HEAD_BODY);
        if (name == null) return NO_HEAD;
        int crc = head.u32be(CRC);
        head.putU32be(CRC, 0);
        if (crc(head, HEAD_BODY + name.lengthOctets()) != crc) return NO_HEAD;
        return new Head(head.u64be(GENERATION), magic == FREE_MAGIC ? null : name);
    }

    /// Makes what is here count, once it is safe.
    void putHead(long generation) throws IOException {
        putHead(HEAD_MAGIC, generation, apex);
    }

    private void putHead(int magic, long generation, DnsName name) throws IOException {
        Cstruct head = buf.sub(0, size);
        clear(head, 0, size);
        head.putU32be(0, magic);
        head.putU64be(GENERATION, generation);
        name.write(head, HEAD_BODY);
        head.putU32be(CRC, crc(head, HEAD_BODY + name.lengthOctets()));
        device.write(first, head);
    }

    /// Whose journal a disk is; null if it is nobody's.
    static @Nullable DnsName owner(BlockDevice device) throws IOException {
        Head one = new JournalHalf(device, DnsName.ROOT, false).head();
        Head two = new JournalHalf(device, DnsName.ROOT, true).head();
        if (one.apex == null || two.apex == null) return one.apex == null ? two.apex : one.apex;
        return two.generation > one.generation ? two.apex : one.apex;
    }

    /// Makes a disk nobody's, the half that counts last: until then it is whose it was.
    static void release(BlockDevice device) throws IOException {
        var one = new JournalHalf(device, DnsName.ROOT, false);
        var two = new JournalHalf(device, DnsName.ROOT, true);
        long first = one.head().generation;
        long second = two.head().generation;
        long next = Math.max(first, second) + 1;
        for (JournalHalf half : second > first ? List.of(one, two) : List.of(two, one)) {
            half.putHead(FREE_MAGIC, next, DnsName.ROOT);
            device.sync();
        }
    }

    /// Where the next message is to be put, to be handed to [#put].
    Cstruct message() {
        return buf.sub(MESSAGE, MOST_OCTETS);
    }

    /// Writes the entry of a message of `length` octets at `sector` and tells the sector behind it;
    /// -1 if there is no room.
    long put(long sector, long generation, int number, int length) throws IOException {
        int octets = roundUp(MESSAGE + length);
        if (octets / size > sectors - sector) return -1;
        clear(buf, MESSAGE + length, octets);
        buf.putU32be(0, ENTRY_MAGIC);
        buf.putU64be(GENERATION, generation);
        buf.putU32be(CRC, 0);
        buf.putU32be(NUMBER, number);
        buf.putU32be(LENGTH, length);
        buf.putU32be(CRC, crc(buf, MESSAGE + length));
        device.write(first + sector, buf.sub(0, octets));
        return sector + octets / size;
    }

    /// The message of the entry at `sector`, valid until the next call; null if there is none.
    @Nullable Cstruct read(long sector, long generation, int number) throws IOException {
        if (sector >= sectors) return null;
        device.read(first + sector, buf.sub(0, size));
        int length = buf.u32be(LENGTH);
        boolean ours =
                buf.u32be(0) == ENTRY_MAGIC
                        && buf.u64be(GENERATION) == generation
                        && buf.u32be(NUMBER) == number
                        && length >= 0
                        && length <= MOST_OCTETS;
        if (!ours || after(sector, length) > sectors) return null;
        device.read(first + sector, buf.sub(0, roundUp(MESSAGE + length)));
        int crc = buf.u32be(CRC);
        buf.putU32be(CRC, 0);
        return crc(buf, MESSAGE + length) == crc ? buf.sub(MESSAGE, length) : null;
    }

    /// The sector behind an entry of a message of `length` octets.
    long after(long sector, int length) {
        return sector + roundUp(MESSAGE + length) / size;
    }

    private static int crc(Cstruct buf, int length) {
        var crc = new CRC32C();
        crc.update(buf.toByteArray(0, length));
        return (int) crc.getValue();
    }

    private static void clear(Cstruct buf, int from, int to) {
        for (int i = from; i < to; i++) buf.putU8(i, 0);
    }
}
