// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.BlockDevice;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file as sectors.
final class FileBlockDevice implements BlockDevice {
    private final FileChannel file;
    private final int sectorSize;
    private final long sectors;

    FileBlockDevice(Path path, int sectorSize) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.sectorSize = sectorSize;
        this.sectors = file.size() / sectorSize;
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public void read(long sector, Cstruct target) throws IOException {
        checkOctets(sector, target.length());
        ByteBuffer octets = target.asByteBuffer();
        while (octets.hasRemaining()) {
            if (file.read(octets, sector * sectorSize + octets.position()) < 0) {
                throw new EOFException("file ends within sector " + sector);
            }
        }
    }

    @Override
    public void write(long sector, ReadOnlyCstruct source) throws IOException {
        checkOctets(sector, source.length());
        ByteBuffer octets = source.asByteBuffer();
        while (octets.hasRemaining()) {
            file.write(octets, sector * sectorSize + octets.position());
        }
    }

    @Override
    public void sync() throws IOException {
        file.force(false);
    }
}
