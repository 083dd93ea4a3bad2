// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.solo5.ElfImage.Segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The rules by which the stock tenders load an image (Solo5's ABI: notes, loading), on one that
/// has a few lines of C where the builder's object would be ([SmallImage]).
class ImageRulesTest {
    private static final long LOWEST = 0x100000;
    private static final int PAGE = 4096;
    private static final int ABI_NOTE = 0x31494241;
    private static final int MANIFEST_NOTE = 0x3154464d;

    private static final String IMAGE =
            """
            #include "manifest.h"
            IMAGE("rules",
                NETWORK("service0"),
                BLOCK("storage"))
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"spt, 2, 2", "hvt, 1, 2", "virtio, 3, 1", "xen, 6, 1"})
    void anImageKeepsEveryRule(String target, int number, int version) throws IOException {
        ElfImage image = build(target);
        assertThat(image.type()).isEqualTo(2); // EXEC
        assertThat(image.machine()).isEqualTo(62); // x86-64
        assertThat(image.segmentHeaderOctets()).isEqualTo(56);
        checkLoads(image);
        List<Segment> notes = image.segments(ElfImage.NOTE).reversed();
        assertThat(notes).hasSize(version == 1 ? 3 : 2);
        checkManifest(image.content(notes.get(0)));
        checkAbi(image.content(notes.get(1)), number, version);
        if (version == 1) {
            checkPvh(image.content(notes.get(2)), image.entry());
        }
    }

    /// Those without a tender are entered by PVH.
    private static void checkPvh(Cstruct note, long entry) {
        assertThat(note.u32le(0)).isEqualTo(4);
        assertThat(note.u32le(4)).isEqualTo(4);
        assertThat(note.u32le(8)).isEqualTo(18);
        assertThat(note.text(12, 4, StandardCharsets.US_ASCII)).isEqualTo("Xen\0");
        assertThat(note.u32le(16)).isEqualTo(entry);
    }

    /// A multiboot loader copies the file as it is: from the header on, octet for octet.
    @Test
    void aMultibootLoaderFindsWhatItWants() throws IOException {
        build("virtio");
        Cstruct file = Cstruct.of(Files.readAllBytes(folder.resolve("rules.virtio")));
        int header = 0;
        while (file.s32le(header) != 0x1badb002) {
            header += 4;
        }
        assertThat(header).isLessThan(8192);
        assertThat(file.s32le(header) + file.s32le(header + 4) + file.s32le(header + 8)).isZero();
        long place = file.u32le(header + 12);
        long start = file.u32le(header + 16);
        ElfImage image = ElfImage.read(folder.resolve("rules.virtio"));
        assertThat(file.u32le(header + 28)).isEqualTo(image.entry());
        for (Segment load : image.segments(ElfImage.LOAD)) {
            assertThat(load.offset() - header).isEqualTo(load.start() - place);
            assertThat(load.size()).isEqualTo(load.inFile());
            assertThat(load.start()).isGreaterThanOrEqualTo(start);
        }
    }

    private static void checkLoads(ElfImage image) {
        long end = LOWEST;
        for (Segment load : image.segments(ElfImage.LOAD)) {
            assertThat(load.align()).isEqualTo(PAGE);
            assertThat(load.start()).isGreaterThanOrEqualTo(end);
            assertThat(load.size()).isGreaterThanOrEqualTo(load.inFile());
            assertThat(load.inFile()).isPositive(); // else it would be skipped
            assertThat(load.flags() & (ElfImage.WRITABLE | ElfImage.EXECUTABLE))
                    .isNotEqualTo(ElfImage.WRITABLE | ElfImage.EXECUTABLE);
            end = load.end();
        }
        assertThat(image.entry()).isBetween(LOWEST, end - 1);
    }

    private static void checkAbi(Cstruct note, int number, int version) {
        checkNote(note, ABI_NOTE, 16);
        assertThat(note.u32le(20)).isEqualTo(number);
        assertThat(note.u32le(24)).isEqualTo(version);
        assertThat(note.u64le(28)).isZero();
    }

    private static void checkManifest(Cstruct note) {
        checkNote(note, MANIFEST_NOTE, 4 + 8 + 104 * 3);
        assertThat(note.u32le(24)).isEqualTo(1);
        assertThat(note.u32le(28)).isEqualTo(3);
        checkDevice(note.sub(32, 104), "", 0x4000_0000);
        checkDevice(note.sub(136, 104), "service0", 2);
        checkDevice(note.sub(240, 104), "storage", 1);
    }

    private static void checkDevice(Cstruct entry, String name, int type) {
        assertThat(entry.text(0, name.length(), StandardCharsets.US_ASCII)).isEqualTo(name);
        assertThat(entry.sub(name.length(), 68 - name.length()).toByteArray()).containsOnly(0);
        assertThat(entry.u32le(68)).isEqualTo(type);
        assertThat(entry.u8(96)).isZero();
    }

    private static void checkNote(Cstruct note, int type, int contentOctets) {
        assertThat(note.u32le(0)).isEqualTo(6);
        assertThat(note.u32le(4)).isEqualTo(contentOctets);
        assertThat(note.u32le(8)).isEqualTo(type);
        assertThat(note.text(12, 8, StandardCharsets.US_ASCII)).isEqualTo("Solo5\0\0\0");
    }

    private ElfImage build(String target) throws IOException {
        Path image = folder.resolve("rules." + target);
        new SmallImage(target, IMAGE, "return 0;").link(image);
        return ElfImage.read(image);
    }
}
