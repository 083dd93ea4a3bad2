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
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tutorial, done word for word: its files are written into an empty folder and its commands
/// run, with nothing of this tree but a Maven repository with its artifacts. That is a folder which
/// is filled here; everything else comes from the local repository of the build that runs, read as
/// one more folder, so that nothing is fetched and nothing is installed.
@Tag("image")
@Timeout(900)
class TutorialTest {
    private static final Path ROOT =
            Path.of(System.getProperty("mirage.root", "..")).toAbsolutePath().normalize();
    private static final Path WORK = ROOT.resolve("mirage-maven-plugin/target/tutorial");
    private static final Path REPOSITORY = WORK.resolve("repository");
    private static final Path PROJECT = WORK.resolve("hello");
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String SPACE = "mirage-tutorial-" + ProcessHandle.current().pid();

    /// The artifacts that it takes, by the folders of their modules.
    private static final List<String> MODULES =
            List.of(
                    "parent",
                    "bom",
                    "cstruct",
                    "uri",
                    "platform",
                    "platform-host",
                    "tcpip",
                    "cohttp",
                    "crunch",
                    "solo5-tender",
                    "solo5-bindings",
                    "unikernel-assembly",
                    "mirage-maven-plugin");

    /// A file of the tutorial: its name in a line of its own, then a block.
    private static final Pattern FILE =
            Pattern.compile("(?ms)^`([^`]+)`\\n\\n```[a-z]+\\n(.*?)^```$");

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @Test
    void everyCommandDoesWhatItSays() throws Exception {
        deleteTree(WORK);
        String tutorial = Files.readString(ROOT.resolve("docs/tutorial.md"));
        for (MatchResult file : FILE.matcher(tutorial).results().toList()) {
            Path place = PROJECT.resolve(file.group(1));
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.group(2));
        }
        // What an install would put into the user's own repository is published in a folder here.
        assertThat(tutorial).contains("`mvn install -DskipTests`", "0.1.0-SNAPSHOT");
        for (String module : MODULES) {
            publish(module, ROOT.resolve(module));
        }
        configureMaven();
        List<List<String>> blocks =
                COMMANDS.matcher(tutorial)
                        .results()
                        .map(block -> block.group(1).lines().toList())
                        .toList();
        assertThat(blocks).hasSize(3);

        assertThat(run(blocks.get(0).getFirst()).output())
                .contains("compiling hello.Hello", "BUILD SUCCESS");
        byte[] image = Files.readAllBytes(PROJECT.resolve("target/hello.spt"));
        assertThat(image).startsWith(0x7f, 'E', 'L', 'F');

        if (run("ip netns add " + SPACE).status() != 0) {
            System.out.println("skipped: the tutorial's programs need root and iproute2 (apt-get)");
            return;
        }
        try {
            run(inside("ip link set lo up"));
            assertThat(runAndAsk(blocks.get(1))).containsExactly("hello\n");
            assertThat(runAndAsk(blocks.get(2)))
                    .satisfiesExactly(
                            text -> assertThat(text).isEqualTo("hello\n"),
                            text -> assertThat(text).contains("This page is in the program."));
        } finally {
            run("ip netns delete " + SPACE);
        }
    }

    /// Starts the first command, and once it says where it is, runs the others: what they print.
    private static List<String> runAndAsk(List<String> commands) throws Exception {
        Process program = begin(inside(commands.getFirst()));
        try {
            var lines = program.inputReader(StandardCharsets.UTF_8);
            var before = new StringBuilder();
            for (String line = ""; !line.contains("hello: http://"); before.append(line)) {
                line = lines.readLine();
                assertThat(line).as("no address in %s", before).isNotNull();
            }
            List<String> answers = new ArrayList<>();
            for (String command : commands.subList(1, commands.size())) {
                answers.add(run(inside(command.replace("curl", "curl -s -m 20"))).output());
            }
            return answers;
        } finally {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroy();
            program.waitFor();
        }
    }

    private static String inside(String command) {
        return "ip netns exec " + SPACE + " " + command;
    }

    /// What a user has by himself: repositories to take artifacts from.
    private static void configureMaven() throws IOException {
        Files.writeString(WORK.resolve("settings.xml"), settings());
        Path options = PROJECT.resolve(".mvn/maven.config");
        Files.createDirectories(options.getParent());
        Files.write(
                options,
                List.of(
                        "-B",
                        "-s",
                        WORK.resolve("settings.xml").toString(),
                        "-Dmaven.repo.local=" + WORK.resolve("local"),
                        "-Dmirage.optimize=b"));
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

    private record Result(int status, String output) {}

    private static Result run(String command) throws Exception {
        Process process = begin(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }

    private static Process begin(String command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command.split(" "))
                        .directory(PROJECT.toFile())
                        .redirectErrorStream(true);
        // The options of the build around it are not a stranger's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
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
