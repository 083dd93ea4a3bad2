// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.OutsideProject;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A stranger's project, `src/test/resources/outside`, which needs nothing but cstruct.
@Timeout(300)
class OutsideTheReactorTest {
    private static OutsideProject project;
    private static Path classPath;

    @BeforeAll
    static void theProjectIsBuiltByMaven() throws Exception {
        project = OutsideProject.in("cstruct/target/outside");
        classPath = project.folder().resolve("target/classpath");
        copyTree(
                OutsideProject.root().resolve("cstruct/src/test/resources/outside"),
                project.folder());
        for (String module : List.of("parent", "bom", "cstruct")) {
            project.publish(module);
        }
        var words = new ArrayList<>(List.of("mvn", "-q"));
        words.addAll(project.mavenOptions());
        words.add("-Dcstruct.version=" + OutsideProject.version("cstruct", "cstruct"));
        for (String plugin : List.of("resources", "compiler", "dependency")) {
            String artifact = "maven-" + plugin + "-plugin";
            words.add("-D" + plugin + ".version=" + OutsideProject.version("parent", artifact));
        }
        words.addAll(List.of("-DincludeScope=runtime", "-Dmdep.outputFile=" + classPath));
        words.addAll(List.of("compile", "dependency:build-classpath"));
        run(words);
    }

    @Test
    void itsRunTimeClassPathIsCstructAlone() throws IOException {
        assertThat(Files.readString(classPath).strip())
                .startsWith(project.localRepository().toString())
                .doesNotContain(System.getProperty("path.separator"))
                .containsPattern("cstruct-[^/\\\\]*\\.jar$");
    }

    @Test
    void itRunsFromTheClassPathAndFromTheModulePath() throws Exception {
        String path =
                project.folder().resolve("target/classes")
                        + System.getProperty("path.separator")
                        + Files.readString(classPath).strip();
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        for (List<String> command :
                List.of(
                        List.of(java, "-cp", path, "outside.Main"),
                        List.of(java, "-p", path, "-m", "outside/outside.Main"))) {
            // With no warning of the JVM's beside it: it needs no option to run.
            assertThat(run(command))
                    .isEqualTo(
                            """
                            Cstruct[34 heap] checksum baeb
                            Cstruct[34 native] checksum baeb
                            Cstruct[34 native] checksum baeb
                            """);
        }
    }

    private static String run(List<String> command) throws Exception {
        Path output = Files.createTempFile(project.folder(), "output", ".txt");
        Process process = project.command(command).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS))
                    .as("%s ends", command.getFirst())
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
