// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A stranger's project, `src/test/resources/outside`, which has nothing of this tree but a Maven
/// repository with cstruct in it. The repository is a folder that is filled here; plugins come from
/// the local repository of the build that runs, read as one more folder, so that nothing is fetched
/// and nothing is installed.
@Timeout(300)
class OutsideTheReactorTest {
    private static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "..")).toAbsolutePath().normalize();
    private static final Path WORK = ROOT.resolve("cstruct/target/outside");
    private static final Path PROJECT = WORK.resolve("project");
    private static final Path REPOSITORY = WORK.resolve("repository");
    private static final Path CLASSPATH = WORK.resolve("classpath");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @BeforeAll
    static void theProjectIsBuiltByMaven() throws Exception {
        deleteTree(WORK);
        copyTree(ROOT.resolve("cstruct/src/test/resources/outside"), PROJECT);
        String version = version("cstruct", "cstruct");
        for (String module : List.of("parent", "bom", "cstruct")) {
            publish(module, version(module, module));
        }
        jar(
                ROOT.resolve("cstruct/target/classes"),
                REPOSITORY.resolve(
                        "io/mirage4j/cstruct/" + version + "/cstruct-" + version + ".jar"));
        Files.writeString(WORK.resolve("settings.xml"), settings());

        run(
                PROJECT,
                "mvn",
                "-B",
                "-q",
                "-s",
                WORK.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + WORK.resolve("local"),
                "-Dcstruct.version=" + version,
                "-Dresources.version=" + version("parent", "maven-resources-plugin"),
                "-Dcompiler.version=" + version("parent", "maven-compiler-plugin"),
                "-Ddependency.version=" + version("parent", "maven-dependency-plugin"),
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + CLASSPATH,
                "compile",
                "dependency:build-classpath");
    }

    @Test
    void itsRunTimeClassPathIsCstructAlone() throws IOException {
        assertThat(Files.readString(CLASSPATH).strip())
                .startsWith(WORK.resolve("local").toString())
                .doesNotContain(System.getProperty("path.separator"))
                .containsPattern("cstruct-[^/\\\\]*\\.jar$");
    }

    @Test
    void itRunsFromTheClassPathAndFromTheModulePath() throws Exception {
        String path =
                PROJECT.resolve("target/classes")
                        + System.getProperty("path.separator")
                        + Files.readString(CLASSPATH).strip();
        String java = JAVA_HOME.resolve("bin/java").toString();
        for (List<String> command :
                List.of(
                        List.of(java, "-cp", path, "outside.Main"),
                        List.of(java, "-p", path, "-m", "outside/outside.Main"))) {
            // With no warning of the JVM's beside it: it needs no option to run.
            assertThat(run(PROJECT, command.toArray(String[]::new)))
                    .isEqualTo(
                            "Cstruct[34 heap] checksum baeb\nCstruct[34 native] checksum baeb\n");
        }
    }

    private static void publish(String artifact, String version) throws IOException {
        Path dir = REPOSITORY.resolve("io/mirage4j/" + artifact + "/" + version);
        Files.createDirectories(dir);
        Files.copy(
                ROOT.resolve(artifact + "/pom.xml"),
                dir.resolve(artifact + "-" + version + ".pom"));
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
            <mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
          </mirrors>
          <profiles>
            <profile>
              <id>outside</id>
              <repositories>
                <repository>
                  <id>built</id>
                  <url>%s</url>
                  <snapshots><enabled>true</enabled></snapshots>
                </repository>
              </repositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>outside</activeProfile></activeProfiles>
        </settings>
        """
                .formatted(Path.of(fetched).toUri(), REPOSITORY.toUri());
    }

    private static String run(Path dir, String... command) throws Exception {
        Path output = Files.createTempFile(WORK, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        // The options of the build around it are not a stranger's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("%s ends", command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /// The version that stands after an artifact's name in the POM of a module.
    private static String version(String module, String artifact) throws IOException {
        String pom = Files.readString(ROOT.resolve(module + "/pom.xml"));
        String name = "<artifactId>" + artifact + "</artifactId>";
        int at = pom.indexOf(name);
        assertThat(at).as("%s in the POM of %s", name, module).isNotNegative();
        int begin = pom.indexOf("<version>", at) + "<version>".length();
        return pom.substring(begin, pom.indexOf("</version>", begin));
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                entries.putNextEntry(new JarEntry(name));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
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
}
