// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.unikernel.Board;

import java.io.IOException;

/// Writes sectors, each with octets of its own, and reads them back. The octet at `i` of sector `s`
/// is `31 s + i`, for whoever looks at the file afterwards.
final class Sectors {
    static int run(Board board, int count) throws IOException {
        BlockDevice device = board.open(Devices.STORAGE);
        int sectors = (int) Math.min(count, device.sectors());
        int size = device.sectorSize();
        Cstruct sector = Cstruct.create(size);
        for (int s = 0; s < sectors; s++) {
            for (int i = 0; i < size; i++) {
                sector.putU8(i, octet(s, i));
            }
            device.write(s, sector);
        }
        device.sync();
        for (int s = 0; s < sectors; s++) {
            device.read(s, sector);
            for (int i = 0; i < size; i++) {
                if (sector.u8(i) != octet(s, i)) {
                    board.console()
                            .println(
                                    "block: octet "
                                            + i
                                            + " of sector "
                                            + s
                                            + " is "
                                            + sector.u8(i));
                    return 1;
                }
            }
        }
        board.console()
                .println(
                        "block: "
                                + sectors
                                + " of "
                                + device.sectors()
                                + " sectors of "
                                + size
                                + " ok");
        return 0;
    }

    static int octet(int sector, int at) {
        return 31 * sector + at & 0xff;
    }

    private Sectors() {}
}
