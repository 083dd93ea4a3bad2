// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import io.mirage4j.crunch.make.Cruncher.Options;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// `mirage crunch`.
public final class Main {
    private static final String USAGE =
            """
            usage: mirage crunch [OPTIONS] DIRECTORY...

            Makes one blob of what is in the directories.

              -o FILE            the blob to make (default: the first directory's name, .crunch);
                                 where it lies in a directory, it is not put into itself
              --include GLOB     take only what matches this (or another --include)
              --exclude GLOB     leave out what matches this; ** crosses folders
              --modified SECONDS the time of last change of all, in seconds since 1970
              --no-gzip          store no gzip variants
              --no-brotli        store no brotli variants
              --help             this text
            """;

    private final List<String> includes = new ArrayList<>();
    private final List<String> excludes = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private @Nullable Path blob;
    private @Nullable Instant modified;
    private boolean gzip = true;
    private boolean brotli = true;

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        try {
            new Main().parse(args).crunch(out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("crunch: " + e.getMessage() + " (mirage crunch --help tells more)");
            return 2;
        } catch (CrunchException e) {
            e.faults().forEach(fault -> err.println("crunch: " + fault));
            return 1;
        } catch (IOException e) {
            // Those of the system name a file and no more; of ours the message says it all.
            boolean ours = e.getClass() == IOException.class && e.getMessage() != null;
            err.println("crunch: " + (ours ? e.getMessage() : e));
            return 1;
        }
    }

    private Main parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            String argument = args[i];
            switch (argument) {
                case "-o" -> blob = Path.of(value(args, ++i));
                case "--include" -> includes.add(value(args, ++i));
                case "--exclude" -> excludes.add(value(args, ++i));
                case "--modified" -> modified = seconds(value(args, ++i));
                case "--no-gzip" -> gzip = false;
                case "--no-brotli" -> brotli = false;
                default -> directories.add(directory(argument));
            }
        }
        if (directories.isEmpty()) throw new IllegalArgumentException("which directory?");
        return this;
    }

    private static String value(String[] args, int i) {
        if (i == args.length) throw new IllegalArgumentException(args[i - 1] + " needs a value");
        return args[i];
    }

    private static Path directory(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("no option '" + argument + "'");
        }
        return Path.of(argument);
    }

    private static Instant seconds(String text) {
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--modified '" + text + "' is no number", e);
        }
        if (seconds < 0 || seconds > Options.LAST_SECOND) {
            throw new IllegalArgumentException(
                    "--modified " + text + " is not in 0.." + Options.LAST_SECOND);
        }
        return Instant.ofEpochSecond(seconds);
    }

    private Selection selection() {
        try {
            return new Selection(includes, excludes);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + e.getPattern() + "' is no glob: " + e.getDescription(), e);
        }
    }

    private void crunch(PrintStream out) throws IOException {
        Path first = directories.getFirst().toAbsolutePath().normalize();
        if (blob == null && first.getFileName() == null) {
            throw new IllegalArgumentException(first + " has no name for the blob: give -o FILE");
        }
        Path target = blob == null ? Path.of(first.getFileName() + ".crunch") : blob;
        var report =
                new Cruncher(new Options(selection(), gzip, brotli, modified))
                        .crunch(directories, target);
        out.printf(
                "%s: %,d files of %,d octets, %,d bodies; %,d octets%n",
                target, report.files(), report.read(), report.bodies(), report.written());
        if (brotli && !report.hasBrotli()) {
            out.println("no brotli variants: brotli4j is not there for this machine");
        }
    }
}
