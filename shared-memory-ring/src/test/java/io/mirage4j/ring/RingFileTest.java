// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

class RingFileTest {
    @TempDir Path dir;

    static List<RingKind> kinds() {
        return List.of(
                new RingKind.Requests(12, 1),
                new RingKind.Requests(112, 4),
                new RingKind.Console(),
                new RingKind.Xenstore(),
                new RingKind.Flex(2),
                new RingKind.OneToOneRecords(1024),
                new RingKind.ManyToOneRecords(65536));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bothSidesSeeTheSameMemory(RingKind kind) throws IOException {
        Path path = dir.resolve("ring");
        try (RingFile made = RingFile.create(path, kind);
                RingFile opened = RingFile.open(path, kind)) {
            assertThat(made.memory().length()).isEqualTo(kind.ringOctets());
            made.memory().putU8(kind.ringOctets() - 1, 7);
            assertThat(opened.memory().u8(kind.ringOctets() - 1)).isEqualTo(7);
        }
        assertThat(Files.size(path)).isEqualTo(4096 + kind.ringOctets());
    }

    @Test
    void onlyItsOwnerMayOpenANewFile() throws IOException {
        Path path = dir.resolve("ring");
        RingFile.create(path, new RingKind.Console()).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFileOfAnyOtherKindIsRefused(RingKind kind) throws IOException {
        Path path = dir.resolve("ring");
        RingFile.create(path, kind).close();
        for (RingKind other : kinds()) {
            if (!other.equals(kind)) {
                assertThatThrownBy(() -> RingFile.open(path, other))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("expected");
            }
        }
    }

    @Test
    void theHeadOfTheFileIsAsWritten() throws IOException {
        Path path = dir.resolve("ring");
        RingFile.create(path, new RingKind.Requests(112, 2)).close();
        Cstruct head = Cstruct.of(Files.readAllBytes(path)).sub(0, 4096);
        assertThat(head.text(0, 8, StandardCharsets.US_ASCII)).isEqualTo("MIRARING");
        assertThat(head.u32le(8)).as("version").isEqualTo(1);
        assertThat(head.u32le(12)).as("kind").isEqualTo(1);
        assertThat(head.u32le(16)).as("slot size").isEqualTo(112);
        assertThat(head.u32le(20)).as("ready").isEqualTo(1);
        assertThat(head.u64le(24)).as("ring size").isEqualTo(8192);
        assertThat(head.toByteArray(32, 4064)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"0, magic", "8, version", "12, kind", "16, detail", "20, ready", "24, ring size"})
    void aChangedHeadIsRefused(int at, String what) throws IOException {
        Path path = dir.resolve("ring");
        RingKind kind = new RingKind.Requests(12, 1);
        RingFile.create(path, kind).close();
        byte[] octets = Files.readAllBytes(path);
        octets[at] ^= 0x40;
        Files.write(path, octets);
        assertThatThrownBy(() -> RingFile.open(path, kind))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path + ": " + what);
    }

    @Test
    void aFileOfAnotherSizeIsRefusedAndNotMadeLonger() throws IOException {
        Path path = dir.resolve("ring");
        Files.write(path, new byte[5000]);
        assertThatThrownBy(() -> RingFile.open(path, new RingKind.Console()))
                .hasMessage("ring file " + path + ": size 5000, expected 8192");
        assertThat(Files.size(path)).isEqualTo(5000);
        Path missing = dir.resolve("missing");
        assertThatThrownBy(() -> RingFile.open(missing, new RingKind.Console()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileThatIsThereIsNotMadeAnew() throws IOException {
        Path path = dir.resolve("ring");
        RingFile.create(path, new RingKind.Console()).close();
        assertThatThrownBy(() -> RingFile.create(path, new RingKind.Console()))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aClosedRingRefusesAccess() throws IOException {
        RingFile file = RingFile.create(dir.resolve("ring"), new RingKind.Requests(12, 1));
        FrontRing front = FrontRing.attach(file.memory(), 12, 0);
        front.commit();
        file.close();
        assertThatThrownBy(front::push).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sizesThatCanNotBeAreRefused() {
        assertThatThrownBy(() -> new RingKind.Requests(5000, 1)).hasMessageContaining("5000");
        assertThatThrownBy(() -> new RingKind.Requests(12, 0))
                .hasMessage("0 pages, not 1 to 65536");
        assertThatThrownBy(() -> new RingKind.Flex(19)).hasMessageContaining("19");
        assertThatThrownBy(() -> new RingKind.OneToOneRecords(1000)).hasMessageContaining("1000");
        assertThatThrownBy(() -> new RingKind.ManyToOneRecords(Integer.MIN_VALUE))
                .hasMessageContaining("-2147483648");
    }
}
