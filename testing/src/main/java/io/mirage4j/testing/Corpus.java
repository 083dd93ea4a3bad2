// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A suite of vectors that lies outside of this tree, run case by case, with the score printed.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> resolution() {
///     return Corpus.of("uri", "rfc3986-5.4").tests(directory -> casesIn(directory));
/// }
/// ```
///
/// The suite is looked for as `<folder>/<suite>` under each directory that the system property
/// `mirage.corpora` names (a path list, relative to the root of the project; without it,
/// `../shared/corpora`). After the last case one line is printed:
///
/// ```
/// corpus uri/rfc3986-5.4: 43 passed, 0 failed, 0 skipped of 43
/// ```
///
/// A suite that is not there is skipped; with [Peers] required, none of the default corpora may be
/// missing where these are.
///
/// A case that is not run says for which construct, and the constructs are printed with their
/// counts. A case that is known to deviate stands, by its id and two spaces and the reason, on a
/// line of `src/test/resources/deviations/<suite>.txt`: it counts as failed, but does not fail the
/// build. If it passes after all, that does. Empty lines and lines that begin with `#` are ignored.
public final class Corpus {
    private static final String PROPERTY = "mirage.corpora";
    private static final String DEFAULT = "../shared/corpora";

    /// Between id and reason: two spaces or a tab, so that an id may have spaces in it.
    private static final String SEPARATOR = " {2,}|\t";

    /// Reads the cases of one suite directory.
    @FunctionalInterface
    public interface Source {
        Stream<Case> casesIn(Path directory) throws IOException;
    }

    /// One case: something to run, or the construct for which it is skipped.
    public sealed interface Case {
        String id();

        record Run(String id, Executable test) implements Case {}

        record Skip(String id, String construct) implements Case {}

        /// A case that passes if `test` returns.
        static Case run(String id, Executable test) {
            return new Run(id, test);
        }

        /// A case that is not run, because of something found in it.
        static Case skip(String id, String construct) {
            return new Skip(id, construct);
        }
    }

    private final String folder;
    private final String suite;
    private final Path moduleFolder;
    private final @Nullable String named;
    private final boolean isRequired;

    private Corpus(
            String folder,
            String suite,
            Path moduleFolder,
            @Nullable String named,
            boolean isRequired) {
        this.folder = folder;
        this.suite = suite;
        this.moduleFolder = moduleFolder;
        this.named = named;
        this.isRequired = isRequired;
    }

    /// The suite `folder/suite`, run for the module whose tests these are.
    public static Corpus of(String folder, String suite) {
        Path moduleFolder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        String named = System.getProperty(PROPERTY, "");
        if (!named.isBlank()) return of(folder, suite, moduleFolder, named, false);
        return of(folder, suite, moduleFolder, null, Peers.areRequired());
    }

    /// With `named`, the path list, and the module's folder given.
    ///
    /// @param isRequired among the default corpora, if they are there
    static Corpus of(
            String folder,
            String suite,
            Path moduleFolder,
            @Nullable String named,
            boolean isRequired) {
        return new Corpus(folder, suite, moduleFolder, named, isRequired);
    }

    /// The id of a case without a name of its own: its file and the hash of its text, so that it
    /// stays the same when cases are added or moved.
    public static String id(Path file, String caseText) {
        return file.getFileName() + "#" + sha256(caseText).substring(0, 12);
    }

    /// The files of a suite directory whose names end in `suffix`, in the order of their names.
    public static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /// One test for each case, then one that prints the score. The stream is lazy, so cases are
    /// read while they are run.
    public Stream<DynamicTest> tests(Source source) {
        List<Path> directories = directories();
        if (directories.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(this + " is not here", this::abortAbsent));
        }
        var score = new Score(this, deviations());
        Stream<DynamicTest> cases =
                directories.stream().flatMap(directory -> cases(source, directory, score));
        Stream<DynamicTest> summary =
                Stream.of(
                        DynamicTest.dynamicTest(
                                this + ", the score", () -> score.print(System.out)));
        return Stream.concat(cases, summary);
    }

    private Stream<DynamicTest> cases(Source source, Path directory, Score score) {
        try {
            score.enter(directory);
            return source.casesIn(directory)
                    .map(c -> DynamicTest.dynamicTest(c.id(), () -> score.run(directory, c)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void abortAbsent() {
        String what = "no corpus " + this + " in " + corpora();
        throw Peers.missing(isRequired && Files.isDirectory(projectRoot().resolve(DEFAULT)), what);
    }

    /// The suite's directories, those that there are. A directory that was named must exist, though
    /// it need not hold this suite.
    private List<Path> directories() {
        Path root = projectRoot();
        List<Path> found = new ArrayList<>();
        for (String name : corpora().split(File.pathSeparator)) {
            Path corpus = root.resolve(name);
            if (named != null && !Files.isDirectory(corpus)) {
                throw new IllegalArgumentException(PROPERTY + " names no directory: " + corpus);
            }
            Path directory = corpus.resolve(folder).resolve(suite).normalize();
            if (Files.isDirectory(directory)) {
                found.add(directory);
            }
        }
        return found;
    }

    private String corpora() {
        return named == null ? DEFAULT : named;
    }

    /// The folder of the outermost `pom.xml` around the module under test.
    private Path projectRoot() {
        Path root = moduleFolder;
        for (Path up = root; up != null && hasPom(up); up = up.getParent()) root = up;
        return root;
    }

    private static boolean hasPom(Path folder) {
        return Files.exists(folder.resolve("pom.xml"));
    }

    private Map<String, String> deviations() {
        Path file = moduleFolder.resolve("src/test/resources/deviations/" + suite + ".txt");
        Map<String, String> reasonsById = new TreeMap<>();
        if (!Files.exists(file)) return reasonsById;
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) continue;
                String[] idAndReason = line.strip().split(SEPARATOR, 2);
                if (idAndReason.length < 2) {
                    throw new IllegalArgumentException(file + ": no reason given for " + line);
                }
                reasonsById.put(idAndReason[0], idAndReason[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reasonsById;
    }

    private static String sha256(String text) {
        try {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// `folder/suite`.
    @Override
    public String toString() {
        return folder + "/" + suite;
    }
}
