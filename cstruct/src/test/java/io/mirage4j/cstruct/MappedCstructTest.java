// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class MappedCstructTest extends CstructContract {
    private static final int FILE_LENGTH = 1 << 16;
    private static final Cstruct FILE = map();

    private int next;

    @Override
    Cstruct memory(int length) {
        int rounded = (length + 7) & -8;
        if (next + rounded > FILE_LENGTH) {
            next = 0;
        }
        Cstruct memory = FILE.sub(next, length);
        next += rounded;
        return memory;
    }

    @Example
    void whatIsWrittenIsInTheFile() throws IOException {
        Path file = Files.createTempFile("cstruct", ".mapped");
        try (Arena arena = Arena.ofConfined();
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Cstruct window = Cstruct.of(channel.map(MapMode.READ_WRITE, 0, 6, arena));
            window.putText(0, "mapped", StandardCharsets.US_ASCII);
            window.asSegment().force();
            assertThat(file).hasContent("mapped");
        } finally {
            Files.delete(file);
        }
    }

    private static Cstruct map() {
        try {
            Path file = Files.createTempFile("cstruct", ".mapped");
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE)) {
                return Cstruct.of(channel.map(MapMode.READ_WRITE, 0, FILE_LENGTH, Arena.ofAuto()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
