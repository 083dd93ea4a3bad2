// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import io.mirage4j.crunch.BlobWriter;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Makes a blob of directories:
///
/// ```java
/// Cruncher.Report report = new Cruncher(options).crunch(List.of(Path.of("site")), Path.of("site.crunch"));
/// ```
///
/// The blob appears under its name when it is complete.
public final class Cruncher {
    private final Options options;

    /// What to take, and what to store of it.
    ///
    /// @param modified the time that every value gets as its last change; null: each file's own
    public record Options(
            Selection selection, boolean gzip, boolean brotli, @Nullable Instant modified) {
        public static final Options DEFAULT = new Options(Selection.ALL, true, true, null);

        /// The last second of the year 9999: a date of HTTP has four digits for the year (RFC 9110,
        /// 5.6.7).
        static final long LAST_SECOND = 253_402_300_799L;

        public Options {
            if (modified != null
                    && (modified.getEpochSecond() < 0 || modified.getEpochSecond() > LAST_SECOND)) {
                throw new IllegalArgumentException(
                        "modified " + modified + " is not in the years 1970 to 9999");
            }
        }
    }

    /// What was made.
    public record Report(int files, int bodies, long read, long written, boolean hasBrotli) {}

    public Cruncher(Options options) {
        this.options = options;
    }

    /// Makes `blob` of all files below the directories, but for an older `blob` among them.
    ///
    /// @throws CrunchException if files can not be taken; it names them all
    /// @throws IOException if one can not be read, or changes meanwhile, or the blob not be written
    public Report crunch(List<Path> directories, Path blob) throws IOException {
        Path absolute = blob.toAbsolutePath().normalize();
        checkReplaceable(absolute);
        Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".part");
        checkReplaceable(unfinished);
        List<SourceFile> files =
                Tree.of(directories, options.selection, List.of(absolute, unfinished));
        Files.createDirectories(absolute.getParent());
        try {
            Report report = write(files, unfinished);
            Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
            return report;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// What is there is replaced, which no directory and no device must be.
    private static void checkReplaceable(Path file) throws CrunchException {
        if (Files.isDirectory(file)) {
            throw new CrunchException(List.of(file + " is a directory: name a file in it"));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CrunchException(List.of(file + " is no regular file: name another"));
        }
    }

    private Report write(List<SourceFile> files, Path blob) throws IOException {
        Set<Coding> codings = codings();
        long read = 0;
        int bodies;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(blob), 1 << 16)) {
            BlobWriter writer = new BlobWriter(out);
            Bodies store = new Bodies(writer, codings);
            for (SourceFile file : files) {
                store.add(file, options.modified);
                read += file.size();
            }
            writer.finish();
            bodies = store.count();
        }
        return new Report(
                files.size(), bodies, read, Files.size(blob), codings.contains(Coding.BROTLI));
    }

    private Set<Coding> codings() {
        Set<Coding> codings = EnumSet.noneOf(Coding.class);
        if (options.gzip) {
            codings.add(Coding.GZIP);
        }
        if (options.brotli && Coding.hasBrotli()) {
            codings.add(Coding.BROTLI);
        }
        return codings;
    }
}
