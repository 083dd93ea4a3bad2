// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.value;
import static io.mirage4j.examples.devices.Checksums.Place.HEAP;
import static io.mirage4j.examples.devices.Checksums.Place.PAGES;

import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.unikernel.Command;
import io.mirage4j.benchmarks.unikernel.FirstRun;
import io.mirage4j.benchmarks.unikernel.Guests;
import io.mirage4j.benchmarks.unikernel.Pings;
import io.mirage4j.examples.devices.Checksums;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Programs without a system below, beside guests in C on the same tenders. Wall time, since half
/// of the work is the kernel's: a busy machine shows.
final class UnikernelRows {
    private static final String MODULE = "unikernel";
    private static final List<String> MEMORY = List.of("--mem=64");
    private static final Pattern COMPILED = Pattern.compile("compiled in (\\d+) s");
    private static final Pattern LINKED = Pattern.compile("linked .* in ([\\d.]+) s");

    static List<Row> rows() {
        return List.of(
                value(MODULE, "spt-exec-to-output", "ms", 6, () -> start("spt")),
                value(MODULE, "spt-exec-to-output-of-c", "ms", 6, () -> startOfC("spt")),
                value(MODULE, "hvt-first-run-to-output", "ms", 10, UnikernelRows::firstRun),
                value(MODULE, "hvt-first-run-to-output-of-c", "ms", 10, UnikernelRows::firstRunOfC),
                value(MODULE, "hvt-tender-exec-to-output", "ms", 500, () -> start("hvt")),
                value(MODULE, "hvt-tender-exec-to-output-of-c", "ms", 500, () -> startOfC("hvt")),
                value(MODULE, "hvt-stock-exec-to-output", "ms", 10, () -> startStock("hvt")),
                value(MODULE, "hello-image", "MB", 12, UnikernelRows::size),
                value(MODULE, "hello-least-memory-spt", "MB", 16, () -> leastMemory("spt", 1)),
                value(MODULE, "hello-least-memory-hvt", "MB", 18, () -> leastMemory("hvt", 2)),
                value(MODULE, "hello-build-cold", "s", 60, UnikernelRows::cold),
                value(MODULE, "hello-relink", "s", 5, UnikernelRows::relink),
                value(MODULE, "spt-ping-over-c", "ratio", 1.2, () -> pings("spt")),
                value(MODULE, "hvt-ping-over-c", "ratio", 1.2, () -> pings("hvt")),
                value(MODULE, "checksum-1500-pages-over-hotspot", "ratio", 1.3, () -> sums(PAGES)),
                value(MODULE, "checksum-1500-heap-over-hotspot", "ratio", 1.3, () -> sums(HEAP)));
    }

    private static double start(String target) throws Exception {
        Path hello = Guests.image("hello", target);
        return Guests.run(target, MEMORY, hello, List.of()).millisToOutput();
    }

    private static double startStock(String target) throws Exception {
        return Guests.runStock(target, MEMORY, Guests.image("hello", target)).millisToOutput();
    }

    private static double startOfC(String target) throws Exception {
        Path guest = Guests.inC(target, "NONE");
        return Guests.run(target, MEMORY, guest, List.of("hello", "you")).millisToOutput();
    }

    private static double firstRun() throws Exception {
        Guests.requireKvm();
        return FirstRun.millisToOutput(Guests.image("hello", "hvt"));
    }

    private static double firstRunOfC() throws Exception {
        Guests.requireKvm();
        return FirstRun.millisToOutput(Guests.inC("hvt", "NONE"), "hello", "you");
    }

    private static double size() throws Exception {
        return Files.size(Guests.image("hello", "spt")) / 1e6;
    }

    /// The least that hello greets in.
    private static double leastMemory(String target, int step) throws Exception {
        Path hello = Guests.image("hello", target);
        for (int megabytes = 8; megabytes < 64; megabytes += step) {
            Command.Ended ended =
                    Guests.run(target, List.of("--mem=" + megabytes), hello, List.of()).run();
            if (ended.status() == 0 && ended.output().contains("Hello, world!")) return megabytes;
        }
        throw new IOException("64 MB are not enough for hello");
    }

    /// With a cache that is empty.
    private static double cold() throws Exception {
        Path cache = Files.createTempDirectory("mirage-cold");
        try {
            List<String> jvm = List.of("-Dmirage.cache=" + cache);
            return number(COMPILED, Guests.build("hello", "spt", jvm, List.of()).output());
        } finally {
            new Command(List.of("rm", "-r", cache.toString())).run();
        }
    }

    private static double relink() throws Exception {
        Path hello = Guests.image("hello", "spt");
        Files.delete(hello);
        List<String> again = List.of("--output", hello.toString());
        return number(LINKED, Guests.build("hello", "spt", List.of(), again).output());
    }

    private static double pings(String target) throws Exception {
        double ours = Pings.micros(devices(target, "echo"));
        Path inC = Guests.inC(target, "NETWORK");
        List<String> named = List.of("--mem=64", "--net:service0=tap0");
        double theirs = Pings.micros(Guests.run(target, named, inC, List.of("ping")));
        System.err.printf("%s: ping %.1f us, of C %.1f us%n", target, ours, theirs);
        return ours / theirs;
    }

    /// The example `devices`, compiled for speed; its image wants all that it declares.
    private static Command devices(String target, String command) throws Exception {
        Path disk = Files.write(Files.createTempFile("disk", ".img"), new byte[1 << 16]);
        disk.toFile().deleteOnExit();
        List<String> options = List.of("--mem=64", "--net:service=tap0", "--block:storage=" + disk);
        Path image = Guests.image("devices", target, "--optimize", "2");
        return Guests.run(target, options, image, List.of("--command=" + command));
    }

    private static double sums(Checksums.Place place) throws Exception {
        Pattern line = Pattern.compile("checksum: ([\\d.]+) ns .*" + place);
        double ours = number(line, devices("spt", "checksum").besideATap().output());
        Checksums.nanos(place); // until the compiler has done its best
        double hotspot = Checksums.nanos(place);
        System.err.printf("%s: checksum %.1f ns, HotSpot %.1f ns%n", place, ours, hotspot);
        return ours / hotspot;
    }

    private static double number(Pattern pattern, String said) throws IOException {
        Matcher found = pattern.matcher(said);
        if (!found.find()) throw new IOException("no " + pattern + " in: " + said);
        return Double.parseDouble(found.group(1));
    }

    private UnikernelRows() {}
}
