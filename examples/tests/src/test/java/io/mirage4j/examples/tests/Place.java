// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.tests;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.run.Guest;
import io.mirage4j.assembly.run.HostCommand;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.TenderCommand;
import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.testing.Peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where an example runs: on a JVM with the kernel's sockets or on a stack of ours, in an image
/// under a tender of ours or QEMU.
enum Place {
    HOST(Target.HOST),
    HOST_TAP(Target.HOST),
    SPT(Target.SPT),
    HVT(Target.HVT),
    QEMU(Target.VIRTIO);

    /// Whether images are as a user gets them, and not made quickly.
    private static final boolean FULL = Boolean.getBoolean("mirage.full");

    static final Path IMAGES = Path.of("target", FULL ? "full-images" : "images").toAbsolutePath();
    private static final String TAP = "--net:service=tap0";

    /// A JVM that may not put off collecting garbage for long.
    private static final String BOUNDED = "JDK_JAVA_OPTIONS=-Xmx128m -XX:+UseSerialGC";

    private static final ClassPath TOOL = ClassPath.ofThisProgram();

    /// All examples and what they reach, from the class path of the tests; the builder's jars are
    /// no part of a program.
    private static final ClassPath PROGRAM =
            new ClassPath(
                    Stream.of(
                                    "io/mirage4j/examples/tests/Examples.class",
                                    "io/mirage4j/examples/echo/Main.class",
                                    "io/mirage4j/examples/httpserver/Main.class",
                                    "io/mirage4j/examples/dns/Main.class",
                                    "io/mirage4j/examples/website/Main.class",
                                    "io/mirage4j/tcpip/Stack.class",
                                    "io/mirage4j/http/Handler.class",
                                    "io/mirage4j/dns/DnsName.class",
                                    "io/mirage4j/crunch/Crunched.class",
                                    "io/mirage4j/platform/Kv.class",
                                    "io/mirage4j/cstruct/Cstruct.class",
                                    "io/mirage4j/uri/Uri.class",
                                    "org/apache/commons/codec/binary/Base64.class")
                            .map(TOOL::entryWith)
                            .toList());

    private final Target target;

    Place(Target target) {
        this.target = target;
    }

    boolean isImage() {
        return target != Target.HOST;
    }

    /// It has a TCP/IP stack of ours.
    boolean hasStack() {
        return this != HOST;
    }

    /// Emulated, so that what takes a second elsewhere takes ten.
    boolean isSlow() {
        return this == QEMU;
    }

    /// The address of a program that was told none.
    String address() {
        return hasStack() ? "10.0.0.2" : "127.0.0.1";
    }

    /// Nothing runs here that the machine does not have.
    void require() {
        if (this == QEMU) {
            Peers.require(QemuCommand.PROGRAM);
        } else if (this == HVT && !Files.isWritable(Path.of("/dev/kvm"))) {
            throw Peers.missingHardware("examples under hvt need /dev/kvm");
        }
    }

    /// The command that runs an example here.
    ///
    /// @param wires further options of `mirage run`
    List<String> command(String example, List<String> wires, List<String> words) {
        Application application = application(example);
        List<String> options = new ArrayList<>(wires);
        if (hasStack()) {
            options.add(TAP);
        }
        if (!isImage()) {
            List<String> command = new ArrayList<>(List.of("env", BOUNDED));
            command.addAll(HostCommand.of(application, TOOL, options, words));
            return command;
        }
        List<String> all = new ArrayList<>(List.of(example));
        all.addAll(words);
        var guest =
                new Guest(
                        application.declaration(),
                        target,
                        image(example, application.declaration()),
                        Wiring.take(options),
                        all);
        return target == Target.VIRTIO ? QemuCommand.of(guest) : TenderCommand.ours(guest, TOOL);
    }

    private static Application application(String example) {
        String folder = example.equals("dns-server") ? "dns" : example.replace("-", "");
        return Application.of(PROGRAM, "io.mirage4j.examples." + folder + ".Main");
    }

    /// One object for all examples, which is made once; each example and target is a link.
    private Path image(String example, Declaration declaration) {
        Path file = IMAGES.resolve(example + "." + target.word());
        ObjectOptions usual = ObjectOptions.of(Examples.class.getName());
        new Assembler(line -> System.out.println("examples: " + line))
                .build(
                        new Application(PROGRAM, Examples.class.getName(), declaration),
                        target,
                        file,
                        FULL ? usual : usual.optimization('b'));
        return file;
    }
}
