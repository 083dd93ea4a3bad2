// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.platform.Kv;
import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.OutsideProject;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The tutorial, done word for word: its files are written into a stranger's empty project and its
/// commands run, among them the goals `image`, `crunch` and `run`.
@Tag("image")
@Timeout(900)
class TutorialTest {
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

    private static final Path TUTORIAL = OutsideProject.root().resolve("docs/tutorial.md");

    private OutsideProject project;

    @BeforeEach
    void aStrangerHasMavenAndTheArtifacts() throws IOException {
        project = OutsideProject.in("mirage-maven-plugin/target/tutorial");
        for (String module : MODULES) {
            project.publish(module);
        }
        Path options = project.folder().resolve(".mvn/maven.config");
        Files.createDirectories(options.getParent());
        var words = new ArrayList<>(project.mavenOptions());
        words.add("-Dmirage.optimize=b");
        Files.write(options, words);
    }

    private void writeFiles(String tutorial) throws IOException {
        for (MatchResult file : FILE.matcher(tutorial).results().toList()) {
            Path place = project.folder().resolve(file.group(1));
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.group(2));
        }
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    @Test
    void everyCommandDoesWhatItSays() throws Exception {
        String tutorial = Files.readString(TUTORIAL);
        writeFiles(tutorial);
        // What an install would put into the user's own repository is published in a folder here.
        assertThat(tutorial).contains("`mvn install -DskipTests`", "0.1.0-SNAPSHOT");
        List<List<String>> blocks =
                COMMANDS.matcher(tutorial)
                        .results()
                        .map(block -> block.group(1).lines().toList())
                        .toList();
        assertThat(blocks).hasSize(3);

        assertThat(run(words(blocks.get(0).getFirst())).output())
                .contains("compiling hello.Hello", "BUILD SUCCESS");
        byte[] image = Files.readAllBytes(project.folder().resolve("target/hello.spt"));
        assertThat(image).startsWith(0x7f, 'E', 'L', 'F');

        Peers.require("curl");
        try (var namespace = NetworkNamespace.create()) {
            namespace.ip("link set lo up");
            assertThat(runAndAsk(namespace, blocks.get(1))).containsExactly("hello\n");
            assertThat(runAndAsk(namespace, blocks.get(2)))
                    .satisfiesExactly(
                            text -> assertThat(text).isEqualTo("hello\n"),
                            text -> assertThat(text).contains("This page is in the program."));
        }
    }

    @Test
    void theGoalOfContentTakesGlobsAndMakesBothVariants() throws Exception {
        writeFiles(Files.readString(TUTORIAL));
        Path site = project.folder().resolve("src/main/site");
        Files.writeString(site.resolve("long.html"), "<p>The same again and again.".repeat(99));
        Files.writeString(site.resolve("draft.txt"), "not yet");
        Files.createDirectories(site.resolve("old"));
        Files.writeString(site.resolve("old/long.html"), "no more");

        String globs = "-Dmirage.includes=**.html,**.txt -Dmirage.excludes=draft.*,old/**";
        assertThat(run(words("mvn process-resources " + globs)).output()).contains("BUILD SUCCESS");

        var content =
                CrunchResource.open(project.folder().resolve("target/classes/hello/site.crunch"));
        assertThat(content.list("")).contains("long.html").doesNotContain("draft.txt", "old/");
        Kv.Value page = Objects.requireNonNull(content.find("long.html"));
        assertThat(page.encoded("gzip")).isNotNull();
        assertThat(page.encoded("br")).isNotNull();
    }

    /// Starts the first command, and once it says where it is, runs the others: what they print.
    private List<String> runAndAsk(NetworkNamespace namespace, List<String> commands)
            throws Exception {
        Process program = begin(namespace.inside(commands.getFirst().split(" ")));
        try {
            var lines = program.inputReader(StandardCharsets.UTF_8);
            var before = new StringBuilder();
            for (String line = ""; !line.contains("hello: http://"); before.append(line)) {
                line = lines.readLine();
                assertThat(line).as("no address in %s", before).isNotNull();
            }
            List<String> answers = new ArrayList<>();
            for (String command : commands.subList(1, commands.size())) {
                String patient = command.replace("curl", "curl -s -m 20");
                answers.add(run(namespace.inside(patient.split(" "))).output());
            }
            return answers;
        } finally {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroy();
            program.waitFor();
        }
    }

    private record Result(int status, String output) {}

    private Result run(List<String> command) throws Exception {
        Process process = begin(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }

    private Process begin(List<String> command) throws IOException {
        Process process = project.command(command).start();
        process.getOutputStream().close();
        return process;
    }
}
