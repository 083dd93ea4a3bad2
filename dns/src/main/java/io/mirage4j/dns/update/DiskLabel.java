// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.IOException;
import java.util.zip.CRC32C;

/// What says that a disk holds journals, and how long the part of each is. It is written once, to
/// each of the first two sectors, the second when the first is safe: so one of them is always whole
/// unless nothing was ever kept there.
///
/// ```
/// +--------+-------------+---------------------+--------+
/// | magic  | sector size | sectors of one part | CRC32C |
/// +--------+-------------+---------------------+--------+
/// 0        4             8                     16       20
/// ```
final class DiskLabel {
    /// In front of the parts, so that these begin where a disk of larger sectors has one, too.
    static final int SECTORS = 8;

    private static final int MAGIC = 0x6d346a44;
    private static final int SECTOR_SIZE = 4;
    private static final int PART_SECTORS = 8;
    private static final int CRC = 16;
    private static final int OCTETS = 20;
    private static final int COPIES = 2;

    /// The sectors of a part as the disk has it; 0 for a disk on which there is nothing.
    ///
    /// @throws IOException if the disk fails, or holds something else
    static long read(BlockDevice disk) throws IOException {
        Cstruct sector = Cstruct.create(disk.sectorSize());
        boolean blank = true;
        for (int copy = 0; copy < COPIES; copy++) {
            disk.read(copy, sector);
            if (sector.u32be(0) == MAGIC && crc(sector) == sector.u32be(CRC)) {
                return partSectors(disk, sector);
            }
            blank &= isBlank(sector);
        }
        if (!blank) {
            throw new IOException(
                    "the disk holds something else than journals; zero its first two sectors if"
                            + " that is not needed");
        }
        return 0;
    }

    private static long partSectors(BlockDevice disk, Cstruct label) throws IOException {
        long sectors = label.u64be(PART_SECTORS);
        int size = label.u32be(SECTOR_SIZE);
        if (size != disk.sectorSize() || sectors <= 0 || sectors > disk.sectors() - SECTORS) {
            throw new IOException(
                    "the disk has %d sectors of %d octets, its journals are of %d sectors of %d"
                            .formatted(disk.sectors(), disk.sectorSize(), sectors, size));
        }
        return sectors;
    }

    static void write(BlockDevice disk, long partSectors) throws IOException {
        Cstruct label = Cstruct.create(disk.sectorSize());
        label.putU32be(0, MAGIC);
        label.putU32be(SECTOR_SIZE, disk.sectorSize());
        label.putU64be(PART_SECTORS, partSectors);
        label.putU32be(CRC, crc(label));
        for (int copy = 0; copy < COPIES; copy++) {
            disk.write(copy, label);
            disk.sync();
        }
    }

    /// Whether all is zero, but for as much of a label as the power let through.
    private static boolean isBlank(Cstruct sector) {
        for (int i = 0; i < sector.length(); i++) {
            int octet = sector.u8(i);
            boolean ours = i >= 4 ? i < OCTETS : octet == ((MAGIC >>> (24 - 8 * i)) & 0xff);
            if (octet != 0 && !ours) return false;
        }
        return true;
    }

    private static int crc(Cstruct label) {
        var crc = new CRC32C();
        crc.update(label.toByteArray(0, CRC));
        return (int) crc.getValue();
    }

    private DiskLabel() {}
}
