// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.platform.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
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
/// An entry of another generation, or whose number is not the next, is what was there before.
final class JournalHalf {
    private static final int HEAD_MAGIC = 0x6d346a48;
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

    /// The generation of the head; -1 if there is none of this zone.
    long generation() throws IOException {
        Cstruct head = buf.sub(0, size);
        device.read(first, head);
        int crc = head.u32be(CRC);
        head.putU32be(CRC, 0);
        int length = HEAD_BODY + apex.lengthOctets();
        boolean good =
                head.u32be(0) == HEAD_MAGIC
                        && crc(head, length) == crc
                        && apex.equals(DnsName.read(head.sub(0, length), HEAD_BODY));
        return good ? head.u64be(GENERATION) : -1;
    }

    /// Makes what is here count, once it is safe.
    void putHead(long generation) throws IOException {
        Cstruct head = buf.sub(0, size);
        clear(head, 0, size);
        head.putU32be(0, HEAD_MAGIC);
        head.putU64be(GENERATION, generation);
        apex.write(head, HEAD_BODY);
        head.putU32be(CRC, crc(head, HEAD_BODY + apex.lengthOctets()));
        device.write(first, head);
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
