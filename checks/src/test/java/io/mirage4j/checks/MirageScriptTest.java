// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/// The script `mirage`, in a small tree whose path has a blank, with a Maven and a JDK that only
/// say that they were called.
@Timeout(60)
class MirageScriptTest {
    private static final List<String> TARGETS = List.of("targets");
    private static final String BUILDING = "mirage: building unikernel-assembly ...";

    @TempDir Path temporary;
    private Path root;
    private Path tools;

    @BeforeEach
    void makeASmallTree() throws IOException {
        root = Files.createDirectories(temporary.resolve("a tree"));
        tools = temporary.resolve("tools");
        executable(root.resolve("mirage"), Files.readString(Tree.ROOT.resolve("mirage")));
        for (String folder : List.of("", "parent", "bom", "unikernel-assembly")) {
            Files.createDirectories(root.resolve(folder));
            Files.writeString(root.resolve(folder).resolve("pom.xml"), "<project/>\n");
        }
        Files.createDirectories(root.resolve("unikernel-assembly/src/main"));
        Files.createDirectories(root.resolve("unikernel-assembly/target"));
        Files.createDirectories(tools.resolve("bin"));
        Files.writeString(tools.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        executable(tools.resolve("bin/javac"), "#!/bin/sh\n");
        executable(tools.resolve("bin/java"), "#!/bin/sh\necho java\n");
        maven("echo '[INFO] Building the assembly 1   [1/1]'");
    }

    @Test
    void whatChangedIsBuiltAgainAndNothingElse() throws Exception {
        assertThat(said(TARGETS)).contains(BUILDING, "mirage:   1/1 the assembly 1   ", "java");
        assertThat(said(TARGETS)).containsExactly("java");
        Path source = Files.createFile(root.resolve("unikernel-assembly/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
        assertThat(said(TARGETS)).contains(BUILDING);
    }

    @Test
    void whatCanNotBeLookedAtHasChanged() throws Exception {
        said(TARGETS);
        Files.delete(root.resolve("bom/pom.xml"));
        assertThat(said(TARGETS)).contains(BUILDING);
    }

    /// The module's line is read before Maven, which waits for that, goes on.
    @Test
    void progressIsToldWhenItIsMade() throws Exception {
        Path seen = temporary.resolve("seen");
        maven(
                "echo '[INFO] Building the assembly 1 [1/1]'; n=0; until [ -e '"
                        + seen
                        + "' ]; do n=$((n + 1)); [ $n -lt 200 ] || exit 1; sleep 0.05; done");
        Process process = begin(root, TARGETS);
        try (var lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).isEqualTo(BUILDING);
            assertThat(lines.readLine()).isEqualTo("mirage:   1/1 the assembly 1 ");
            Files.createFile(seen);
            assertThat(lines.readLine()).isEqualTo("java");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --help",
                "run hello --help",
                "build -h",
                "bench --help",
                "bench cstruct --help",
                "crunch --help",
                "size --help",
                "assembly help",
                "assembly"
            })
    void helpIsThereWithoutABuild(String words) throws Exception {
        Process process = begin(Tree.ROOT, List.of(words.split(" ")));
        List<String> said = process.inputReader(UTF_8).lines().toList();
        assertThat(process.waitFor()).as("%s", said).isZero();
        assertThat(said.getFirst()).startsWith("usage: ");
        assertThat(said)
                .hasSizeGreaterThan(9)
                .doesNotContain(BUILDING, "java")
                .noneMatch(line -> line.contains("\"\"\""));
    }

    private List<String> said(List<String> words) throws Exception {
        Process process = begin(root, words);
        List<String> lines = process.inputReader(UTF_8).lines().toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    private Process begin(Path tree, List<String> words) throws IOException {
        var command = new java.util.ArrayList<>(List.of("./mirage"));
        command.addAll(words);
        var builder =
                new ProcessBuilder(command).directory(tree.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", tools.toString());
        builder.environment().merge("PATH", "", (path, _) -> tools.resolve("bin") + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private void maven(String line) throws IOException {
        executable(
                tools.resolve("bin/mvn"), "#!/bin/sh\n" + line + "\necho '[INFO] BUILD SUCCESS'\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
