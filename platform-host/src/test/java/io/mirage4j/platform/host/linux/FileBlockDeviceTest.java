// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.contract.BlockDeviceContract;
import io.mirage4j.platform.host.linux.FileBlockDevice.Option;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileBlockDeviceTest {
    @TempDir Path folder;

    @Nested
    class OfSmallSectors extends BlockDeviceContract {
        @Override
        protected BlockDevice open() throws IOException {
            return FileBlockDevice.create(folder.resolve("disk"), 512, 1000);
        }
    }

    @Nested
    class OfLargeSectors extends BlockDeviceContract {
        @Override
        protected BlockDevice open() throws IOException {
            return FileBlockDevice.create(folder.resolve("disk"), 4096, 100);
        }
    }

    @Nested
    class ThroughThePageCache extends BlockDeviceContract {
        @Override
        protected BlockDevice open() throws IOException {
            Path path = folder.resolve("disk");
            FileBlockDevice.create(path, 512, 16).close();
            return FileBlockDevice.open(path, 512, Option.BUFFERED);
        }
    }

    @Test
    void aFileForOneIsRefusedToTheNextUntilItIsClosed() throws IOException {
        Path path = folder.resolve("disk");
        try (var first = FileBlockDevice.create(path, 4096, 8, Option.EXCLUSIVE)) {
            assertThatIOException()
                    .isThrownBy(() -> FileBlockDevice.open(path, 4096, Option.EXCLUSIVE))
                    .withMessage(path + " is in use: somebody else has locked it");
            // Who does not ask is not told.
            FileBlockDevice.open(path, 4096, Option.READ_ONLY).close();
            assertThat(first.sectors()).isEqualTo(8);
        }
        FileBlockDevice.open(path, 4096, Option.EXCLUSIVE).close();
    }

    @Test
    void whatIsWrittenIsInTheFile() throws IOException {
        Path path = folder.resolve("disk");
        try (var disk = FileBlockDevice.create(path, 4096, 8)) {
            Cstruct sector = Cstruct.create(4096);
            sector.fill(0x5a);
            disk.write(3, sector);
            disk.sync();
        }
        byte[] octets = Files.readAllBytes(path);
        assertThat(octets).hasSize(8 * 4096);
        assertThat(octets[3 * 4096]).isEqualTo((byte) 0x5a);
        assertThat(octets[4 * 4096]).isZero();
    }

    @Test
    void aNewDeviceAndADiscardedOneTakeNoSpace() throws Exception {
        Path path = folder.resolve("disk");
        try (var disk = FileBlockDevice.create(path, 4096, 100_000)) {
            assertThat(blocks(path)).isLessThan(100);
            Cstruct megabyte = Cstruct.create(1 << 20);
            megabyte.fill(1);
            disk.write(50_000, megabyte);
            disk.sync();
            assertThat(blocks(path)).isGreaterThanOrEqualTo(2048);
            disk.discard(50_000, 256);
            disk.sync();
            assertThat(blocks(path)).isLessThan(2048);
            assertThat(disk.sectors()).isEqualTo(100_000);
        }
    }

    private static long blocks(Path path) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        String said = new String(stat.getInputStream().readAllBytes()).strip();
        stat.waitFor();
        return Long.parseLong(said);
    }

    @Test
    void nativeWindowsOfAnyAlignmentWork() throws IOException {
        try (var disk = FileBlockDevice.create(folder.resolve("disk"), 4096, 200);
                var arena = Arena.ofConfined()) {
            Cstruct aligned = Cstruct.allocate(arena, 128 * 4096, 4096);
            Cstruct odd = Cstruct.allocate(arena, 128 * 4096 + 1, 4096).shift(1);
            for (int i = 0; i < aligned.length(); i += 4) {
                aligned.putU32be(i, i * 31);
            }
            disk.write(7, aligned);
            disk.read(7, odd);
            assertThat(odd).isEqualTo(aligned);
            disk.write(8, odd);
            aligned.fill(0);
            disk.read(8, aligned);
            assertThat(aligned).isEqualTo(odd);
        }
    }

    @Test
    void aReadOnlyDeviceIsNotWritten() throws IOException {
        Path path = folder.resolve("disk");
        Files.write(path, new byte[1500]);
        try (var disk = FileBlockDevice.open(path, 512, Option.READ_ONLY)) {
            assertThat(disk.isReadOnly()).isTrue();
            assertThat(disk.sectors()).isEqualTo(2);
            assertThatIOException()
                    .isThrownBy(() -> disk.write(0, Cstruct.create(512)))
                    .withMessage(path + " is read only");
            assertThatIOException().isThrownBy(() -> disk.discard(0, 1));
        }
    }

    @Test
    void aFileThatBecomesShorterIsTold() throws IOException {
        Path path = folder.resolve("disk");
        try (var disk = FileBlockDevice.create(path, 4096, 10)) {
            Files.write(path, new byte[4096]);
            assertThatThrownBy(() -> disk.read(5, Cstruct.create(4096)))
                    .isInstanceOf(EOFException.class)
                    .hasMessage(path + " has become shorter");
        }
    }

    @Test
    void anInterruptDoesNotDisturbIt() throws IOException {
        try (var disk = FileBlockDevice.create(folder.resolve("disk"), 512, 10)) {
            Thread.currentThread().interrupt();
            disk.write(0, Cstruct.create(512));
            disk.sync();
            disk.read(0, Cstruct.create(512));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aDeviceClosedUnderItsUserFailsAndHarmsNoOtherFile() throws Exception {
        for (int round = 0; round < 50; round++) {
            Path path = folder.resolve("disk" + round);
            var disk = FileBlockDevice.create(path, 512, 64);
            Thread closer = Thread.ofPlatform().start(disk::close);
            assertThatIOException()
                    .isThrownBy(
                            () -> {
                                while (true) {
                                    disk.read(0, Cstruct.create(64 * 512));
                                }
                            })
                    .withMessage(path + " is closed");
            closer.join();
            disk.close();
        }
        assertThatIOException()
                .isThrownBy(() -> FileBlockDevice.create(folder.resolve("disk0"), 512, 1))
                .withMessageContaining("disk0");
    }

    @Test
    void whatIsNotThereOrNoFileIsTold() {
        assertThatIOException()
                .isThrownBy(() -> FileBlockDevice.open(folder.resolve("none"), 512))
                .withMessage("open " + folder.resolve("none") + ": No such file or directory");
        assertThatIOException()
                .isThrownBy(() -> FileBlockDevice.open(folder, 512))
                .withMessageContaining("Is a directory");
        assertThatThrownBy(() -> FileBlockDevice.open(folder, 1000))
                .hasMessage("sector size 1000 is no power of two in 512..65536");
    }
}
