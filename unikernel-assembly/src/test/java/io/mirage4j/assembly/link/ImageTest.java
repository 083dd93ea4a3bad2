// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.RelocatableObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ImageTest {
    @TempDir Path folder;

    @Test
    void itIsKnownWhatAnImageWasMadeOf() throws IOException {
        Image image = remembered("key");
        assertThat(Image.at(image.file())).isEqualTo(image);
        assertThat(Image.isMadeOf("key", image.file())).isTrue();
        assertThat(Image.isMadeOf("other", image.file())).isFalse();
    }

    @Test
    void anotherFileInItsPlaceIsNotTakenForIt() throws IOException {
        Image image = remembered("key");
        Files.writeString(image.file(), "another");
        assertThat(Image.isMadeOf("key", image.file())).isFalse();
    }

    @Test
    void anImageWithoutItsSymbolsIsMadeAgain() throws IOException {
        Image image = remembered("key");
        Files.delete(image.symbols());
        assertThat(Image.isMadeOf("key", image.file())).isFalse();
    }

    @Test
    void whatWasNotMadeHereIsTold() throws IOException {
        Path stranger = Files.writeString(folder.resolve("stranger"), "x");
        assertThat(Image.isMadeOf("key", stranger)).isFalse();
        assertThatThrownBy(() -> Image.at(stranger))
                .hasMessageContainingAll("stranger.origin", "`mirage build`");
    }

    private Image remembered(String key) throws IOException {
        var image =
                new Image(
                        Files.writeString(folder.resolve("tried.spt"), "image"),
                        "tried",
                        Target.SPT,
                        new RelocatableObject(folder, true),
                        new ClassPath(List.of(folder)));
        Files.writeString(image.symbols(), "symbols");
        image.remember(key);
        return image;
    }
}
