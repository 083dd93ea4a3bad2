// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The boot layers as whoever makes an image meets them: compiled and linked as their README says.
final class Boot {
    static final List<String> TARGETS = List.of("spt", "hvt", "virtio", "xen");

    private static final Path LAYERS =
            Path.of(System.getProperty("mirage.root", ".."), "solo5-bindings/src/main/boot")
                    .toAbsolutePath();

    static Path layers() {
        return LAYERS;
    }

    /// C and assembly of a folder, by name.
    static List<Path> sources(String folder) {
        try (Stream<Path> files = Files.list(LAYERS.resolve(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.[cS]")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> sourcesOf(String target) {
        return Stream.of("common", target).flatMap(folder -> sources(folder).stream()).toList();
    }

    /// Compiles as for `target`; warnings are errors.
    static Path compile(Path source, String target, Path into) {
        Peers.require("gcc", "/usr/include/zlib.h");
        String name = source.getFileName().toString().replaceFirst("\\.[cS]$", "");
        Path object = into.resolve(name + ".o");
        List<String> command =
                new ArrayList<>(List.of("gcc", "@common/flags", "@" + target + "/flags"));
        Path own = source.resolveSibling(name + ".flags");
        if (Files.exists(own)) {
            command.add("@" + own);
        }
        command.addAll(List.of("-Icommon", "-I" + target, "-Ibuilder/include"));
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        run(command);
        return object;
    }

    static void link(List<Path> objects, String target, Path image, List<String> words) {
        Peers.require("ld");
        Path script = image.resolveSibling(target + ".lds");
        run(
                List.of(
                        ("gcc @common/flags @%s/flags -E -P -x assembler-with-cpp common/image.lds"
                                        + " -o %s")
                                .formatted(target, script)
                                .split(" ")));
        List<String> command = new ArrayList<>(List.of("ld", "@common/ldflags", "-T"));
        command.add(script.toString());
        command.addAll(words);
        objects.forEach(object -> command.add(object.toString()));
        command.add(run(List.of("gcc", "-print-file-name=libz.a")).strip());
        command.addAll(List.of("-o", image.toString()));
        run(command);
    }

    private static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("boot", ".txt");
            Process process =
                    new ProcessBuilder(command)
                            .directory(LAYERS.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            String text = Files.readString(output);
            Files.delete(output);
            assertThat(process.exitValue()).as("%s%n%s", command, text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Boot() {}
}
