// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.unikernel;

import io.mirage4j.benchmarks.harness.SkippedException;
import io.mirage4j.tender.SptTender;
import io.mirage4j.tender.Unikernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Images of the examples, made by the command as a user makes them; and the guest in C of
/// solo5-tender's tests, which needs nothing but a compiler.
public final class Guests {
    private static final Path C = Path.of("solo5-tender/src/test/c");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /// The image of an example; only linked if its object is in the cache.
    public static Path image(String example, String target, String... options)
            throws IOException, InterruptedException {
        Path image = Path.of("examples", example, "target", "bench", example + "." + target);
        var all = new ArrayList<>(List.of("--output", image.toString()));
        all.addAll(List.of(options));
        build(example, target, List.of(), all).output();
        return image;
    }

    /// The command that makes it, in a JVM with options of its own.
    public static Command build(
            String example, String target, List<String> jvm, List<String> options) {
        var words = new ArrayList<>(List.of(JAVA));
        words.addAll(jvm);
        words.addAll(List.of("-jar", "unikernel-assembly/target/unikernel-assembly.jar", "build"));
        words.add("examples/%1$s/target/%1$s.jar".formatted(example));
        words.addAll(List.of("--target", target));
        words.addAll(options);
        return new Command(words);
    }

    /// The guest in C, with a device of `kind` (`NONE`, `NETWORK`).
    public static Path inC(String target, String kind) throws Exception {
        Path guest = Files.createTempFile("guest", "." + target);
        guest.toFile().deleteOnExit();
        var words = new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-ffreestanding"));
        words.addAll(List.of("-fno-pic", "-no-pie", "-mno-red-zone", "-mgeneral-regs-only"));
        words.addAll(List.of("-fno-stack-protector", "-fno-tree-loop-distribute-patterns"));
        words.addAll(List.of("-fcf-protection=none", "-nostdlib", "-static"));
        words.addAll(List.of("-Wl,-T," + C.resolve("guest.lds"), "-Wl,-z,max-page-size=0x1000"));
        words.addAll(List.of("-Wl,--build-id=none", "-D" + target.toUpperCase(Locale.ROOT)));
        words.addAll(List.of("-D" + kind, "-o", guest.toString()));
        words.add(C.resolve("guest.c").toString());
        words.add(C.resolve("board_" + target + ".c").toString());
        new Command(words).output();
        return guest;
    }

    /// The command that runs an image under our tender; the options are the tender's.
    public static Command run(
            String target, List<String> options, Path image, List<String> arguments)
            throws Exception {
        var rest = new ArrayList<>(options);
        rest.add("--");
        rest.add(image.toString());
        rest.addAll(arguments);
        if (target.equals("spt")) {
            return new Command(SptTender.command(rest.toArray(String[]::new)));
        }
        requireKvm();
        var words = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(
                List.of("-Xshare:auto", "-jar", "solo5-tender/target/solo5-tender.jar", "hvt"));
        words.addAll(rest);
        return new Command(words);
    }

    /// The same under the tender of Solo5 itself, where that is installed.
    public static Command runStock(String target, List<String> options, Path image)
            throws SkippedException {
        String tender = "solo5-" + target;
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, tender)))) {
            throw new SkippedException("no " + tender + " on the PATH");
        }
        var words = new ArrayList<>(List.of(tender));
        words.addAll(options);
        words.addAll(List.of("--", image.toString()));
        return new Command(words);
    }

    public static void requireKvm() throws SkippedException {
        if (Unikernel.unsupported().isPresent()) {
            throw new SkippedException(Unikernel.unsupported().get());
        }
    }

    private Guests() {}
}
