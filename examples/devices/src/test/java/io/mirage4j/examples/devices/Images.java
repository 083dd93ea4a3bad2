// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.link.Image;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Device;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The images of the tests: one object, which is made once, linked for each target and set of
/// devices that is asked for.
final class Images {
    private static final Path FOLDER = Path.of("target", "images").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Map<String, Image> MADE = new ConcurrentHashMap<>();

    private static final Application PROGRAM =
            Application.of(
                    new ClassPath(
                            Stream.of(Devices.class, Board.class, Cstruct.class)
                                    .map(Images::place)
                                    .toList()),
                    Devices.class.getName());

    /// Made quickly, and with every frame in its traces.
    private static final ObjectOptions OPTIONS =
            ObjectOptions.of(PROGRAM.mainClass()).optimization('b');

    /// An image whose manifest has those devices; what the program asks for beyond them is missing.
    static Image with(Target target, Device... devices) {
        Declaration declaration = declaration(devices);
        String name =
                declaration.devices().isEmpty()
                        ? "bare"
                        : String.join(
                                "-", declaration.devices().stream().map(Device::name).toList());
        return MADE.computeIfAbsent(
                name + "." + target.word(),
                file ->
                        new Assembler(line -> System.out.println("devices image: " + line))
                                .build(
                                        new Application(
                                                PROGRAM.classPath(),
                                                PROGRAM.mainClass(),
                                                declaration),
                                        target,
                                        FOLDER.resolve(file),
                                        OPTIONS));
    }

    /// The command `mirage run` of the same object, behind `prefix`.
    static List<String> runCommand(
            List<String> prefix, Target target, List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("io.mirage4j.assembly.command.Mirage", "run"));
        command.addAll(List.of("--main", PROGRAM.mainClass(), "--optimize", "b"));
        command.addAll(List.of("--classpath", PROGRAM.classPath().toString()));
        command.addAll(List.of("--target", target.word(), "--mem=64"));
        command.addAll(List.of("--output", FOLDER.resolve("run." + target.word()).toString()));
        command.addAll(options);
        command.add("--");
        command.addAll(words);
        return command;
    }

    static Declaration declaration(Device... devices) {
        Declaration whole = Devices.DECLARATION;
        return new Declaration(whole.name(), whole.about(), List.of(devices), whole.arguments());
    }

    /// The jar or folder that a class is in.
    static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Images() {}
}
