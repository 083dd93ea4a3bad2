// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.cstruct.Cstruct;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/// Cstruct against C on the same octets, and against the buffers that Java programs use.
final class CstructRows {
    private static final String MODULE = "cstruct";
    private static final String SOURCE = "cstruct.c";

    /// 1024 fields of 32 bits.
    private static final int PAGE = 4096;

    /// The payload of a full TCP segment on Ethernet.
    private static final int SEGMENT = 1460;

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows("heap", CstructRows::heap));
        rows.addAll(rows("native", CstructRows::pages));
        return rows;
    }

    private static List<Row> rows(String memory, IntFunction<Cstruct> windows) {
        return List.of(
                compared(
                        MODULE,
                        "sum-u32be-" + memory,
                        "C",
                        1.1,
                        () -> {
                            Cstruct window = windows.apply(PAGE);
                            return new Pair<>(
                                    times -> sum(window, times),
                                    CLibrary.of(SOURCE)
                                            .body("sum_u32be", window.asSegment(), (long) PAGE));
                        }),
                compared(
                        MODULE,
                        "fill-u32be-" + memory,
                        "C",
                        1.25,
                        () -> {
                            Cstruct window = windows.apply(PAGE);
                            return new Pair<>(
                                    times -> fill(window, times),
                                    CLibrary.of(SOURCE)
                                            .body("fill_u32be", window.asSegment(), (long) PAGE));
                        }),
                compared(
                        MODULE,
                        "walk-ipv4-" + memory,
                        "C",
                        1.3,
                        () -> {
                            Cstruct window = windows.apply(PAGE);
                            return new Pair<>(
                                    times -> walk(window, times),
                                    CLibrary.of(SOURCE)
                                            .body("walk_ipv4", window.asSegment(), 63L));
                        }),
                compared(
                        MODULE,
                        "copy-1460-" + memory,
                        "C",
                        1.2,
                        () -> {
                            Cstruct source = windows.apply(SEGMENT);
                            Cstruct target = windows.apply(SEGMENT);
                            return new Pair<>(
                                    times -> copy(source, target, times),
                                    CLibrary.of(SOURCE)
                                            .body(
                                                    "copy",
                                                    source.asSegment(),
                                                    target.asSegment(),
                                                    (long) SEGMENT));
                        }));
    }

    private static Cstruct heap(int length) {
        return scrambled(Cstruct.create(length));
    }

    private static Cstruct pages(int length) {
        return scrambled(Cstruct.allocate(Arena.ofAuto(), length, 4096));
    }

    private static Cstruct scrambled(Cstruct window) {
        byte[] octets = new byte[window.length()];
        new Random(1).nextBytes(octets);
        window.put(0, octets);
        return window;
    }

    private static long sum(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            result += sum(window);
        }
        return result;
    }

    private static int sum(Cstruct window) {
        int sum = 0;
        for (int off = 0; off < window.length(); off += 4) {
            sum += window.u32be(off);
        }
        return sum;
    }

    private static long fill(Cstruct window, int times) {
        for (int turn = 0; turn < times; turn++) {
            for (int off = 0; off < window.length(); off += 4) {
                window.putU32be(off, turn + off);
            }
        }
        return sum(window);
    }

    private static long walk(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            int at = (turn & 63) * 64;
            int fields =
                    window.u8(at)
                            + window.u16be(at + 2)
                            + window.u16be(at + 6)
                            + window.u8(at + 8)
                            + window.u8(at + 9);
            result +=
                    fields
                            + (window.u32be(at + 12) & 0xffff_ffffL)
                            + (window.u32be(at + 16) & 0xffff_ffffL);
        }
        return result;
    }

    private static long copy(Cstruct source, Cstruct target, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            source.copyTo(0, target, 0, source.length());
            result += target.u8(turn % target.length());
        }
        return result;
    }

    private CstructRows() {}
}
