// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.memory.MemoryBoard;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.tender.SptTender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCounted;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jctools.queues.SpscArrayQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Libraries that look at themselves by reflection find in an image what they find on a JVM.
class LibrariesImageTest {
    @TempDir Path folder;

    @Test
    void workOnAJvm() throws Exception {
        var board = new MemoryBoard();
        assertThat(Libraries.run(board)).isZero();
        assertThat(board.text()).contains("cryptography ok");
    }

    /// An image of its own takes minutes.
    @Test
    @Tag("image")
    @EnabledIfSystemProperty(named = "mirage.full", matches = "true")
    void workInAnImage() throws Exception {
        Path image = folder.resolve("libraries.spt");
        String main = Libraries.class.getName();
        new Assembler(line -> System.out.println("libraries image: " + line))
                .build(
                        Application.of(classPath(), main),
                        Target.SPT,
                        image,
                        ObjectOptions.of(main).optimization('b'));
        List<String> command = SptTender.command("--mem=128", "--", image.toString());
        Start start = Start.end(new ProcessBuilder(command).redirectErrorStream(true).start());
        assertThat(start.output())
                .contains("buffers ok", "libraries: queues ok", "libraries: cryptography ok");
        assertThat(start.status()).isZero();
    }

    /// The program alone, out of the classes of the tests, and its libraries.
    private ClassPath classPath() throws Exception {
        String file = Libraries.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("classes").resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(Images.place(Libraries.class).resolve(file), copy);
        Stream<Path> libraries =
                Stream.of(
                                Board.class,
                                Cstruct.class,
                                ByteBufAllocator.class,
                                ReferenceCounted.class,
                                SpscArrayQueue.class,
                                BouncyCastleProvider.class)
                        .map(Images::place);
        return new ClassPath(
                Stream.concat(Stream.of(folder.resolve("classes")), libraries).toList());
    }
}
