// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A project in a temporary folder, with a module `m` in it and two corpora beside it. A case is a
/// line of a file: `name pass`, `name fail` or `name skip`.
class CorpusTest {
    @TempDir Path temporary;
    private Path module;
    private String printed = "";

    @BeforeEach
    void layOutAProject() throws IOException {
        module = temporary.resolve("project/m");
        write("project/pom.xml");
        write("project/m/pom.xml");
        write("shared/corpora/m/suite/cases", "one pass", "two pass", "three skip", "four skip");
        write("other/m/suite/cases", "one pass", "bad case fail");
        write("empty/m/suite/cases");
    }

    @Test
    void theScoreIsPrintedWithTheSkipsByConstruct() {
        assertThat(run(null)).containsExactly("passed", "passed", "aborted", "aborted", "passed");
        assertThat(printed)
                .isEqualTo(
                        "corpus m/suite: 2 passed, 0 failed, 2 skipped of 4\n"
                                + "  skipped: 1 for four, 1 for three\n");
    }

    @Test
    void onlyTheNamedDirectoryIsScored() {
        assertThat(run("../other")).containsExactly("passed", "failed", "passed");
        assertThat(printed).isEqualTo("corpus m/suite: 1 passed, 1 failed, 0 skipped of 2\n");
    }

    @Test
    void aPathListAddsUpToOneLine() {
        run("../other:../shared/corpora");
        assertThat(printed).startsWith("corpus m/suite: 3 passed, 1 failed, 2 skipped of 6\n");
    }

    @Test
    void aListedDeviationCountsAsFailedButIsNoFailure() throws IOException {
        write(DEVIATIONS, "# why", "", "bad case  the specification says otherwise", "gone  x");
        assertThat(run("../other")).containsExactly("passed", "aborted", "passed");
        assertThat(printed).isEqualTo("corpus m/suite: 1 passed, 1 failed, 0 skipped of 2\n");
    }

    @Test
    void aListedDeviationThatPassesIsAFailure() throws IOException {
        write(DEVIATIONS, "one\tno longer true");
        assertThat(run("../other")).containsExactly("failed", "failed", "passed");
    }

    @Test
    void aDeviationWithoutAReasonIsRefused() throws IOException {
        write(DEVIATIONS, "one");
        assertThatThrownBy(() -> run("../other")).hasMessageContaining("no reason given for one");
    }

    @Test
    void aSuiteWithoutCasesFails() {
        assertThat(run("../empty")).containsExactly("failed");
        assertThat(run("../other:../empty")).containsExactly("passed", "failed", "failed");
    }

    @Test
    void aSuiteThatIsNotHereIsAborted() throws IOException {
        Files.createDirectory(temporary.resolve("unrelated"));
        assertThat(run("../unrelated")).containsExactly("aborted");
    }

    @Test
    void aDefaultSuiteMustBeHereIfPeersAreRequired() {
        assertThat(outcomesOf(Corpus.of("m", "other", module, null, true)))
                .containsExactly("failed");
        Path alone = temporary.resolve("elsewhere/project/m");
        assertThat(outcomesOf(Corpus.of("m", "other", alone, null, true)))
                .containsExactly("aborted");
        assertThat(printed).isEqualTo("skipped: no corpus m/other in ../shared/corpora\n");
    }

    @Test
    void aNamedDirectoryThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> run("../oter")).hasMessageContaining("names no directory");
    }

    @Test
    void anIdIsTheFileAndTheHashOfTheText() {
        assertThat(Corpus.id(Path.of("a/b.json"), "abc")).isEqualTo("b.json#ba7816bf8f01");
    }

    private static final String DEVIATIONS = "project/m/src/test/resources/deviations/suite.txt";

    private void write(String file, String... lines) throws IOException {
        Path path = temporary.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }

    /// What became of each test; `printed` is what went to the standard output.
    private List<String> run(String named) {
        return outcomesOf(Corpus.of("m", "suite", module, named, false));
    }

    private List<String> outcomesOf(Corpus corpus) {
        List<String> outcomes = new ArrayList<>();
        var captured = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try (var tests = corpus.tests(CorpusTest::cases)) {
            tests.map(CorpusTest::outcome).forEach(outcomes::add);
        } finally {
            System.setOut(standard);
        }
        printed = captured.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        return outcomes;
    }

    private static Stream<Corpus.Case> cases(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("cases")).stream()
                .map(
                        line -> {
                            int space = line.lastIndexOf(' ');
                            String name = line.substring(0, space);
                            return switch (line.substring(space + 1)) {
                                case "skip" -> Corpus.Case.skip(name, name);
                                case "pass" -> Corpus.Case.run(name, () -> {});
                                default ->
                                        Corpus.Case.run(
                                                name,
                                                () -> {
                                                    throw new AssertionError(name);
                                                });
                            };
                        });
    }

    private static String outcome(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return "passed";
        } catch (TestAbortedException e) {
            return "aborted";
        } catch (Throwable e) {
            return "failed";
        }
    }
}
