// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

class CstructChannelsTest {
    private static Cstruct text(String text) {
        return Cstruct.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Cstruct onAPage(String text) {
        Cstruct page = Cstruct.allocate(Arena.ofAuto(), text.length(), 8);
        page.putText(0, text, StandardCharsets.US_ASCII);
        return page;
    }

    @Test
    void windowsOfAnyKindGoOutInOneWriteAndComeBackInOneRead(@TempDir Path dir) throws IOException {
        try (FileChannel file =
                FileChannel.open(
                        dir.resolve("file"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            var out =
                    List.of(
                            text("head").readOnly(),
                            Cstruct.empty(),
                            onAPage("-body-"),
                            text("tail"));
            assertThat(CstructChannels.write(file, out)).isEqualTo(14);

            file.position(0);
            Cstruct first = Cstruct.create(5);
            Cstruct second = Cstruct.allocate(Arena.ofAuto(), 20, 8);
            assertThat(CstructChannels.read(file, List.of(first, second))).isEqualTo(14);
            assertThat(first.text(StandardCharsets.US_ASCII)).isEqualTo("head-");
            assertThat(second.text(0, 9, StandardCharsets.US_ASCII)).isEqualTo("body-tail");
            assertThat(second.u8(9)).isZero();
            assertThat(CstructChannels.read(file, List.of(first))).isEqualTo(-1);
        }
    }

    /// A pipe takes 64 KiB at once, a system call 1024 windows: both make single writes fall short.
    @Test
    @Timeout(60)
    void theFullFormsGoOnUntilAllIsDone() throws Exception {
        Pipe pipe = Pipe.open();
        List<Cstruct> out = new ArrayList<>();
        List<Cstruct> in = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Cstruct window = i % 2 == 0 ? Cstruct.create(100) : onAPage("x".repeat(i % 177));
            window.fill(i);
            out.add(window);
            in.add(Cstruct.create(window.length()));
        }
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (var sink = pipe.sink()) {
                                        CstructChannels.writeFully(sink, out);
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        try (var source = pipe.source()) {
            CstructChannels.readFully(source, in);
            writer.join();
            assertThat(in).isEqualTo(out);
            assertThatThrownBy(() -> CstructChannels.readFully(source, List.of(Cstruct.create(3))))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("end after 0 of 3 octets");
        }
    }

    @Test
    void noWindowsAreNoWork() throws IOException {
        Pipe pipe = Pipe.open();
        try (var sink = pipe.sink();
                var source = pipe.source()) {
            CstructChannels.writeFully(sink, List.of());
            CstructChannels.readFully(source, List.of(Cstruct.empty()));
            assertThat(CstructChannels.write(sink, List.of())).isZero();
        }
    }
}
