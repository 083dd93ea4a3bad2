// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.crunch.BadBlobException;
import io.mirage4j.crunch.Crunched;
import io.mirage4j.crunch.make.Cruncher;
import io.mirage4j.platform.Kv;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class CrunchResourceTest {
    @TempDir Path temporary;
    private Path blob;

    @BeforeEach
    void crunchADirectory() throws IOException {
        Path site = Files.createDirectory(temporary.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<h1>hello</h1>");
        blob = temporary.resolve("site.crunch");
        new Cruncher(Cruncher.Options.DEFAULT).crunch(List.of(site), blob);
    }

    @Test
    void aFileIsMapped() throws IOException {
        assertHello(CrunchResource.open(blob), true);
    }

    @Test
    void aFileThatIsNoneIsRefused() throws IOException {
        Path other = Files.writeString(temporary.resolve("other"), "x".repeat(100));
        assertThatThrownBy(() -> CrunchResource.open(other)).isInstanceOf(BadBlobException.class);
    }

    @Test
    void aResourceThatIsMissingIsNamed() {
        assertThatThrownBy(() -> CrunchResource.open(CrunchResourceTest.class, "no.crunch"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no.crunch");
    }

    @Test
    void aResourceInAFolderIsMapped() throws Exception {
        assertHello(open(temporary.toUri().toURL()), true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResourceInAJarIsMappedWhereItIsStored(boolean isStored) throws Exception {
        Path jar = temporary.resolve("with space.jar");
        byte[] octets = Files.readAllBytes(blob);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setComment("a comment of the archive");
            zip.putNextEntry(new ZipEntry("first"));
            ZipEntry entry = new ZipEntry("site.crunch");
            if (isStored) {
                CRC32 crc = new CRC32();
                crc.update(octets);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(octets.length);
                entry.setCrc(crc.getValue());
            }
            zip.putNextEntry(entry);
            zip.write(octets);
        }
        assertHello(open(jar.toUri().toURL()), isStored);
    }

    /// As a class that came from `place` would see its resources.
    private static Crunched open(URL place) throws Exception {
        URL classes =
                URI.create(
                                CrunchResourceTest.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString())
                        .toURL();
        try (var loader = new URLClassLoader(new URL[] {place, classes}, null)) {
            Class<?> beside = loader.loadClass(Beside.class.getName());
            return CrunchResource.open(beside, "/site.crunch");
        }
    }

    static final class Beside {}

    private static void assertHello(Crunched kv, boolean isMapped) throws IOException {
        Kv.Value page = kv.find("index.html");
        assertThat(page).isNotNull();
        assertThat(page.read(0, (int) page.size()).text(UTF_8)).isEqualTo("<h1>hello</h1>");
        assertThat(page.read(0, 1).isNative()).isEqualTo(isMapped);
    }
}
