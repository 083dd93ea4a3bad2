// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.boot.BootLayer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A boot layer of a few lines. Objects that gcc did not make again keep what a test wrote over
/// them.
class BootObjectsTest {
    @TempDir Path folder;

    @BeforeEach
    void aBootLayer() throws IOException {
        write("common/flags", "-O1");
        write("common/board.h", "int board(void);");
        write("common/boot.c", "#include \"board.h\"\nint boot(void) { return board(); }");
        write("builder/include/none.h", "");
        for (String target : List.of("spt", "hvt", "virtio")) {
            write(target + "/flags", target.equals("virtio") ? "-DPVH" : "");
            write(target + "/" + target + ".c", "#include \"board.h\"\nint board(void) {}");
        }
    }

    @Test
    void aLayerIsCompiledOnce() throws IOException {
        List<Path> objects = layer(Target.SPT);
        assertThat(objects).extracting(Path::getFileName).map(Path::toString).contains("spt.c.o");
        objects.forEach(BootObjectsTest::mark);
        assertThat(layer(Target.SPT)).isEqualTo(objects).allMatch(BootObjectsTest::isMarked);
    }

    @Test
    void theCommonPartIsSharedByTargetsOfTheSameFlags() throws IOException {
        Path common = layer(Target.SPT).getFirst();
        mark(common);
        assertThat(layer(Target.HVT)).contains(common).anyMatch(BootObjectsTest::isMarked);
        assertThat(layer(Target.VIRTIO))
                .doesNotContain(common)
                .noneMatch(BootObjectsTest::isMarked);
    }

    @Test
    void aHeaderThatChangedIsCompiledAgain() throws IOException {
        List<Path> before = layer(Target.SPT);
        write("common/board.h", "int board(void); int more;");
        assertThat(layer(Target.SPT)).doesNotContainAnyElementsOf(before);
    }

    @Test
    void whatDoesNotCompileLeavesNothingBehind() throws IOException {
        write("spt/spt.c", "int board(void) { return unknown; }");
        assertThatThrownBy(() -> layer(Target.SPT))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("undeclared");
        try (Stream<Path> kept = Files.list(folder.resolve("cache"))) {
            assertThat(kept).hasSize(1); // the common part
        }
    }

    private List<Path> layer(Target target) throws IOException {
        return new BootObjects(new BootLayer(folder), target, folder.resolve("cache")).layer();
    }

    private void write(String file, String text) throws IOException {
        Path place = folder.resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, text + "\n");
    }

    private static void mark(Path object) {
        try {
            Files.writeString(object, "marked");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isMarked(Path object) {
        try {
            return Files.size(object) == "marked".length();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
