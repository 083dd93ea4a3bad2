// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.testing;

import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts what becomes of the cases of a suite. Synchronised, in case tests run in parallel.
final class Score {
    private final Corpus corpus;
    private final Map<String, String> deviations;
    private final Map<Path, Integer> casesByDirectory = new TreeMap<>();
    private final Map<String, Integer> skipsByConstruct = new TreeMap<>();
    private int passed;
    private int failed;
    private int skipped;

    Score(Corpus corpus, Map<String, String> deviations) {
        this.corpus = corpus;
        this.deviations = deviations;
    }

    synchronized void enter(Path directory) {
        casesByDirectory.put(directory, 0);
    }

    void run(Path directory, Corpus.Case c) throws Throwable {
        synchronized (this) {
            casesByDirectory.merge(directory, 1, Integer::sum);
        }
        switch (c) {
            case Corpus.Case.Skip skip -> skip(skip);
            case Corpus.Case.Run run -> run(run);
        }
    }

    private void skip(Corpus.Case.Skip skip) {
        synchronized (this) {
            skipped++;
            skipsByConstruct.merge(skip.construct(), 1, Integer::sum);
        }
        throw new TestAbortedException("skipped for " + skip.construct());
    }

    private void run(Corpus.Case.Run run) throws Throwable {
        @Nullable String deviation = deviations.get(run.id());
        try {
            run.test().execute();
        } catch (Throwable e) {
            synchronized (this) {
                failed++;
            }
            if (deviation == null) throw e;
            throw new TestAbortedException("known deviation: " + deviation, e);
        }
        synchronized (this) {
            passed++;
        }
        if (deviation != null) {
            throw new AssertionFailedError(
                    run.id() + " passes, but is listed as a deviation: " + deviation);
        }
    }

    synchronized void print(PrintStream out) {
        int all = passed + failed + skipped;
        out.printf(
                "corpus %s: %d passed, %d failed, %d skipped of %d%n",
                corpus, passed, failed, skipped, all);
        if (skipped > 0) {
            out.println(
                    skipsByConstruct.entrySet().stream()
                            .map(entry -> entry.getValue() + " for " + entry.getKey())
                            .collect(Collectors.joining(", ", "  skipped: ", "")));
        }
        casesByDirectory.forEach(
                (directory, cases) -> {
                    if (cases == 0) throw new AssertionFailedError("no case in " + directory);
                });
    }
}
