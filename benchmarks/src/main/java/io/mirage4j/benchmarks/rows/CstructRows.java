// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.Setup;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Cstruct against C on the same octets.
final class CstructRows {
    /// 1024 fields of 32 bits, or 64 packets that lie 64 octets apart.
    static final int PAGE = 4096;

    private static final int PACKET = 64;
    private static final int LAST_PACKET = PAGE / PACKET - 1;

    /// The payload of a full TCP segment on Ethernet.
    private static final int SEGMENT = 1460;

    static List<Row> rows() {
        Row vector =
                againstC("checksum-vector-1460-heap", 1.0, () -> checksum(heap(SEGMENT)))
                        .withJvm(
                                "--add-modules=jdk.incubator.vector",
                                "-Dmirage.cstruct.vector=true");
        return Stream.of(
                        rows("heap", CstructRows::heap),
                        rows("native", CstructRows::pages),
                        List.of(vector))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> rows(String memory, IntFunction<Cstruct> windows) {
        return List.of(
                againstC("sum-u32be-" + memory, 1.1, () -> sum(windows.apply(PAGE))),
                againstC("fill-u32be-" + memory, 1.25, () -> fill(windows.apply(PAGE))),
                againstC("fill-same-u32be-" + memory, 1.25, () -> fillSame(windows.apply(PAGE))),
                againstC("fill-index-u32be-" + memory, 1.25, () -> fillIndex(windows.apply(PAGE))),
                againstC("walk-ipv4-" + memory, 1.3, () -> walk(windows.apply(PAGE))),
                againstC("checksum-1460-" + memory, 1.0, () -> checksum(windows.apply(SEGMENT))),
                againstC(
                        "copy-1460-" + memory,
                        1.2,
                        () -> copy(windows.apply(SEGMENT), windows.apply(SEGMENT))));
    }

    private static Row againstC(String name, double goal, Setup<Pair<Body>> setup) {
        return compared("cstruct", name, "C", goal, setup);
    }

    static Cstruct heap(int length) {
        return scrambled(Cstruct.create(length));
    }

    static Cstruct pages(int length) {
        return scrambled(Cstruct.allocate(length, 4096));
    }

    /// Octets that nobody can foretell, the same ones in each run.
    private static Cstruct scrambled(Cstruct window) {
        byte[] octets = new byte[window.length()];
        new Random(1).nextBytes(octets);
        window.put(0, octets);
        return window;
    }

    private static Pair<Body> sum(Cstruct window) throws Exception {
        return new Pair<>(
                times -> sum(window, times),
                inC("sum_u32be", window.asSegment(), (long) window.length()));
    }

    static long sum(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            result += sumOf(window);
        }
        return result;
    }

    private static int sumOf(Cstruct window) {
        int sum = 0;
        for (int off = 0; off < window.length(); off += 4) {
            sum += window.u32be(off);
        }
        return sum;
    }

    private static Pair<Body> fill(Cstruct window) throws Exception {
        return new Pair<>(
                times -> {
                    for (int turn = 0; turn < times; turn++) {
                        fill(window, turn);
                    }
                    return sumOf(window);
                },
                inC("fill_u32be", window.asSegment(), (long) window.length()));
    }

    private static void fill(Cstruct window, int first) {
        for (int off = 0; off < window.length(); off += 4) {
            window.putU32be(off, first + off);
        }
    }

    private static Pair<Body> fillSame(Cstruct window) throws Exception {
        return new Pair<>(
                times -> {
                    for (int turn = 0; turn < times; turn++) {
                        fillSame(window, turn);
                    }
                    return sumOf(window);
                },
                inC("fill_same_u32be", window.asSegment(), (long) window.length()));
    }

    private static void fillSame(Cstruct window, int value) {
        for (int off = 0; off < window.length(); off += 4) {
            window.putU32be(off, value);
        }
    }

    private static Pair<Body> fillIndex(Cstruct window) throws Exception {
        return new Pair<>(
                times -> {
                    for (int turn = 0; turn < times; turn++) {
                        fillIndex(window, turn);
                    }
                    return sumOf(window);
                },
                inC("fill_index_u32be", window.asSegment(), (long) window.length()));
    }

    /// The counter steps by one and meets the rest by XOR: the one form of a computed value that C2
    /// makes vectors of. A sum it regroups first, and then no longer knows.
    private static void fillIndex(Cstruct window, int turn) {
        int fields = window.length() >> 2;
        for (int i = 0; i < fields; i++) {
            window.putU32be(i << 2, i ^ turn);
        }
    }

    private static Pair<Body> walk(Cstruct window) throws Exception {
        return new Pair<>(
                times -> walk(window, times),
                inC("walk_ipv4", window.asSegment(), (long) LAST_PACKET));
    }

    static long walk(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            int at = packet(turn);
            result +=
                    window.u8(at)
                            + window.u16be(at + 2)
                            + window.u16be(at + 6)
                            + window.u8(at + 8)
                            + window.u8(at + 9)
                            + Integer.toUnsignedLong(window.u32be(at + 12))
                            + Integer.toUnsignedLong(window.u32be(at + 16));
        }
        return result;
    }

    /// Another packet in each turn, so that its fields are read anew.
    static int packet(int turn) {
        return (turn & LAST_PACKET) * PACKET;
    }

    private static Pair<Body> checksum(Cstruct window) throws Exception {
        return new Pair<>(
                times -> checksum(window, times),
                inC("internet_checksum", window.asSegment(), (long) window.length()));
    }

    private static long checksum(Cstruct window, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            result += InternetChecksum.finish(InternetChecksum.onesComplementSum(window));
        }
        return result;
    }

    private static Pair<Body> copy(Cstruct source, Cstruct target) throws Exception {
        return new Pair<>(
                times -> copy(source, target, times),
                inC("copy", source.asSegment(), target.asSegment(), (long) source.length()));
    }

    private static long copy(Cstruct source, Cstruct target, int times) {
        long result = 0;
        for (int turn = 0; turn < times; turn++) {
            source.copyTo(0, target, 0, source.length());
            result += target.u8(turn & 1023);
        }
        return result;
    }

    private static Body inC(String name, Object... arguments) throws Exception {
        return CLibrary.of("cstruct.c").body(name, arguments);
    }

    private CstructRows() {}
}
