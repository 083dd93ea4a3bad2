// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.memory.MemoryKv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The files of a folder and of those in it, in memory.
final class FolderKv {
    static Kv of(Path folder, UnaryOperator<byte[]> edit) throws IOException {
        var kv = new MemoryKv();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] octets = edit.apply(Files.readAllBytes(file));
            String name = folder.relativize(file).toString();
            kv.put(name, Cstruct.of(octets).readOnly(), Instant.EPOCH);
        }
        return kv;
    }

    private FolderKv() {}
}
