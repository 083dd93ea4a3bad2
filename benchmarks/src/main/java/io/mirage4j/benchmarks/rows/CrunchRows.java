// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.benchmarks.harness.Allocation;
import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.crunch.BlobWriter;
import io.mirage4j.crunch.Crunched;
import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// Content found by its path, in a blob of 10,000 paths as sites have them; a turn finds one and
/// adds up its size. Once the path is a string that knows its hash, once it comes as octets, as
/// from a request, and becomes a string first.
final class CrunchRows {
    private static final int PATHS = 10_000;
    private static final int OPENINGS = 200;

    /// What the last turn found.
    static Kv.@Nullable Value found;

    static List<Row> rows() {
        return List.of(
                Row.compared("crunch", "find", "cmph", 1.2, () -> pair(known(paths()))),
                Row.compared("crunch", "find-octets", "cmph", 1.2, () -> pair(octets(paths()))),
                Row.value(
                        "crunch",
                        "find-allocation",
                        "octets",
                        0,
                        () -> Allocation.octetsPerTurn(known(paths()))),
                Row.value("crunch", "open-10-MB", "ms", 5, CrunchRows::opening));
    }

    private static Pair<Body> pair(Body ours) throws Exception {
        String[] paths = paths();
        return new Pair<>(
                ours,
                CLibrary.of("crunch.c").body("find_cmph", inNativeMemory(paths), (long) PATHS));
    }

    private static Body known(String[] paths) throws IOException {
        Crunched kv = blob(paths);
        return times -> {
            long sizes = 0;
            for (int turn = 0, i = 0; turn < times; turn++) {
                sizes += size(kv, paths[i]);
                if (++i == PATHS) {
                    i = 0;
                }
            }
            return sizes;
        };
    }

    private static Body octets(String[] paths) throws IOException {
        Crunched kv = blob(paths);
        byte[][] octets = new byte[PATHS][];
        for (int i = 0; i < PATHS; i++) {
            octets[i] = paths[i].getBytes(UTF_8);
        }
        return times -> {
            long sizes = 0;
            for (int turn = 0, i = 0; turn < times; turn++) {
                sizes += size(kv, new String(octets[i], ISO_8859_1));
                if (++i == PATHS) {
                    i = 0;
                }
            }
            return sizes;
        };
    }

    private static long size(Crunched kv, String path) {
        Kv.Value value = kv.find(path);
        found = value;
        return value == null ? 0 : value.size();
    }

    private static String[] paths() {
        Random random = new Random(1);
        String[] folders = {"", "blog/", "css/", "docs/reference/", "images/2026/", "js/lib/"};
        String[] extensions = {".html", ".css", ".js", ".png", ".svg"};
        String[] paths = new String[PATHS];
        for (int i = 0; i < PATHS; i++) {
            paths[i] =
                    folders[random.nextInt(folders.length)]
                            + Integer.toString(random.nextInt(1 << 30), 36)
                            + "-"
                            + i
                            + extensions[random.nextInt(extensions.length)];
        }
        return paths;
    }

    /// The content of path `i` has `i % 7` octets.
    private static Crunched blob(String[] paths) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new BlobWriter(out);
        for (int i = 0; i < paths.length; i++) {
            add(writer, paths[i], i, i % 7);
        }
        writer.finish();
        return Crunched.open(Cstruct.of(out.toByteArray()));
    }

    private static void add(BlobWriter writer, String path, int number, int length)
            throws IOException {
        byte[] digest = new byte[32];
        Cstruct.of(digest).putU32le(0, number);
        int body =
                writer.write(
                        Cstruct.of(digest), length, new ByteArrayInputStream(new byte[length]));
        writer.add(
                path,
                new BlobWriter.Content(
                        body, BlobWriter.NONE, BlobWriter.NONE, Instant.EPOCH, "text/html"));
    }

    private static MemorySegment inNativeMemory(String[] paths) {
        byte[] all = String.join("", paths).getBytes(UTF_8);
        MemorySegment memory =
                Arena.ofAuto().allocate((PATHS + 1) * (long) Integer.BYTES + all.length, 4);
        int at = 0;
        for (int i = 0; i <= PATHS; i++) {
            memory.setAtIndex(ValueLayout.JAVA_INT, i, at);
            if (i < PATHS) {
                at += paths[i].length();
            }
        }
        MemorySegment.copy(
                all,
                0,
                memory,
                ValueLayout.JAVA_BYTE,
                (PATHS + 1) * (long) Integer.BYTES,
                all.length);
        return memory;
    }

    /// Milliseconds to open a file of 10 MB with 1,000 paths and to find one, of many times.
    private static double opening() throws IOException {
        Path file = Files.createTempFile("mirage", ".crunch");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                var writer = new BlobWriter(out);
                for (int i = 0; i < 1000; i++) {
                    add(writer, "page" + i, i, 10_486);
                }
                writer.finish();
            }
            long began = System.nanoTime();
            for (int i = 0; i < OPENINGS; i++) {
                found = CrunchResource.open(file).find("page999");
            }
            return (System.nanoTime() - began) / 1e6 / OPENINGS;
        } finally {
            Files.delete(file);
        }
    }

    private CrunchRows() {}
}
