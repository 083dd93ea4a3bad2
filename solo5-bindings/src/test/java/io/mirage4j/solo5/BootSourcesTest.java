// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class BootSourcesTest {
    @TempDir Path objects;

    @TestFactory
    Stream<DynamicTest> everySourceCompilesWithoutAWarning() {
        return Boot.TARGETS.stream()
                .flatMap(
                        target ->
                                Boot.sourcesOf(target).stream()
                                        .map(source -> compiles(source, target)));
    }

    private DynamicTest compiles(Path source, String target) {
        return DynamicTest.dynamicTest(
                source.getFileName() + " for " + target,
                () -> Boot.compile(source, target, objects));
    }

    @Test
    void noNameStandsInBothFoldersOfATarget() {
        for (String target : Boot.TARGETS) {
            assertThat(Boot.sourcesOf(target).stream().map(Path::getFileName).map(Path::toString))
                    .map(name -> name.replaceFirst("\\.[cS]$", ""))
                    .doesNotHaveDuplicates()
                    .doesNotContain("image", "missing"); // the generated ones
        }
    }

    @Test
    void everyFileNamesItsLicence() throws IOException {
        try (Stream<Path> files = Files.walk(Boot.layers())) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.([chS]|lds)")))
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(Files.readAllLines(file).getFirst())
                                            .isEqualTo(
                                                    "/* SPDX-License-Identifier: Apache-2.0 */"));
        }
    }

    @Test
    void theLayersAreInTheJar() {
        for (String file :
                new String[] {"README.md", "common/board.h", "common/image.lds", "hvt/flags"}) {
            assertThat(Machine.class.getResource("boot/" + file)).as(file).isNotNull();
        }
    }
}
