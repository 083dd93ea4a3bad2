// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The project `sample`, which has nothing of this tree but a Maven repository with its artifacts.
/// It is a folder that is filled here; everything else comes from the local repository of the build
/// that runs, read as one more folder, so that nothing is fetched and nothing is installed.
@Tag("image")
@Timeout(600)
class SampleTest {
    private static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "..")).toAbsolutePath().normalize();
    private static final Path WORK = ROOT.resolve("mirage-maven-plugin/target/sample");
    private static final Path REPOSITORY = WORK.resolve("repository");
    private static final String VERSION = "0.1.0-SNAPSHOT";

    /// Artifact to the folder of its module; those without classes are parents.
    private static final Map<String, String> MODULES =
            Map.of(
                    "parent", "parent",
                    "bom", "bom",
                    "cstruct", "cstruct",
                    "platform", "platform",
                    "platform-host", "platform-host",
                    "solo5-tender", "solo5-tender",
                    "solo5-bindings", "solo5-bindings",
                    "unikernel-assembly", "unikernel-assembly",
                    "mirage-maven-plugin", "mirage-maven-plugin");

    @Test
    void mavenMakesAnImageForEachTarget() throws Exception {
        deleteTree(WORK);
        Path project = WORK.resolve("project");
        copyTree(ROOT.resolve("mirage-maven-plugin/sample"), project);
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            publish(module.getKey(), ROOT.resolve(module.getValue()));
        }
        Files.writeString(WORK.resolve("settings.xml"), settings());
        String said =
                run(
                        project,
                        "mvn",
                        "-B",
                        "-s",
                        WORK.resolve("settings.xml").toString(),
                        "-Dmaven.repo.local=" + WORK.resolve("local"),
                        "-Djdk25=" + System.getProperty("java.home"),
                        "-Dmirage.jdk=" + System.getProperty("java.home"),
                        "-Dmirage.optimize=b",
                        "package");
        assertThat(said).contains("compiling sample.Sample", "BUILD SUCCESS");
        assertThat(said.split("compiling sample.Sample", -1)).as("one object").hasSize(2);
        for (String target : List.of("spt", "hvt")) {
            byte[] image = Files.readAllBytes(project.resolve("target/sample." + target));
            assertThat(image).startsWith(0x7f, 'E', 'L', 'F');
        }
    }

    private static void publish(String artifact, Path module) throws IOException {
        Path folder = REPOSITORY.resolve("io/mirage4j/" + artifact + "/" + VERSION);
        Files.createDirectories(folder);
        String stem = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), folder.resolve(stem + ".pom"));
        Path classes = module.resolve("target/classes");
        if (Files.isDirectory(classes)) {
            jar(classes, folder.resolve(stem + ".jar"));
        }
    }

    /// No repository but folders: the one filled here, and what the running build has fetched.
    private static String settings() {
        String fetched =
                System.getProperty(
                        "localRepository",
                        Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        return """
        <settings>
          <mirrors>
            <mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>%1$s</url></mirror>
          </mirrors>
          <profiles>
            <profile>
              <id>sample</id>
              <repositories>
                <repository>
                  <id>built</id>
                  <url>%2$s</url>
                  <snapshots><enabled>true</enabled></snapshots>
                </repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>
                  <id>built</id>
                  <url>%2$s</url>
                  <snapshots><enabled>true</enabled></snapshots>
                </pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>sample</activeProfile></activeProfiles>
        </settings>
        """
                .formatted(Path.of(fetched).toUri(), REPOSITORY.toUri());
    }

    private static String run(Path folder, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // The options of the build around it are not a stranger's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!file.startsWith(from.resolve("target"))) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
