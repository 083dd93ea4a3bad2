// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.testing.Corpus.Case;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The scripts below a directory, each a case that is named by its path.
final class Cases {
    static Stream<Case> in(Path directory, Consumer<String> player) throws IOException {
        return Files.walk(directory)
                .filter(file -> file.toString().endsWith(".pkt"))
                .sorted()
                .map(file -> one(directory.relativize(file).toString(), read(file), player));
    }

    /// Plays it once to see whether it asks for something that is not TCP's.
    private static Case one(String id, String text, Consumer<String> player) {
        try {
            player.accept(text);
        } catch (Skipped skipped) {
            return Case.skip(id, skipped.getMessage());
        } catch (AssertionError | RuntimeException failure) {
            return Case.run(
                    id,
                    () -> {
                        throw failure;
                    });
        }
        return Case.run(id, () -> {});
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cases() {}
}
