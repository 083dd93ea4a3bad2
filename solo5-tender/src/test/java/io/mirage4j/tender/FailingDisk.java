// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.IOException;

/// A disk on which nothing can be written.
final class FailingDisk implements BlockDevice {
    @Override
    public int sectorSize() {
        return 512;
    }

    @Override
    public long sectors() {
        return 8;
    }

    @Override
    public void read(long sector, Cstruct target) {}

    @Override
    public void write(long sector, ReadOnlyCstruct source) throws IOException {
        throw new IOException("the head has crashed");
    }

    @Override
    public void sync() {}
}
