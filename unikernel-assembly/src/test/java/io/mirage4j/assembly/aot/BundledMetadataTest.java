// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.ClassPath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class BundledMetadataTest {
    @TempDir Path folder;

    @Test
    void theArgsOfAJarBecomeOptionsOfTheBuilder() throws IOException {
        Path jar = folder.resolve("library.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path place = zip.getPath("/META-INF/native-image/org.example/library");
            Files.createDirectories(place);
            Files.writeString(
                    place.resolve("native-image.properties"),
                    """
                    Args = --initialize-at-run-time=a.B,a.C \\
                           --features=a.Feature -H:ReflectionConfigurationResources=${.}/own.json \\
                           -Dkey=value -J-Xss2m --no-fallback --enable-preview
                    """);
            Files.writeString(place.resolve("reflect-config.json"), "[]");
        }
        BundledMetadata found = BundledMetadata.on(new ClassPath(List.of(jar)));
        assertThat(found.options())
                .containsExactlyInAnyOrder(
                        "-H:ClassInitialization=a.B:run_time",
                        "-H:ClassInitialization=a.C:run_time",
                        "-H:Features=a.Feature",
                        "-H:ReflectionConfigurationResources="
                                + "META-INF/native-image/org.example/library/own.json",
                        "-H:ReflectionConfigurationResources="
                                + "META-INF/native-image/org.example/library/reflect-config.json");
        assertThat(found.jvmOptions()).containsExactly("-Dkey=value", "-Xss2m");
        assertThat(found.notUnderstood()).containsExactly("--enable-preview (library.jar)");
    }

    @Test
    void librariesThatSayNothingAreReadOffTheirClasses() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path queue = classes.resolve("org/jctools/queues/SpscArrayQueue.class");
        Files.createDirectories(queue.getParent());
        Files.write(queue, new byte[0]);
        Path out = folder.resolve("out");
        assertThat(LibraryMetadata.write(new ClassPath(List.of(classes)), out)).isTrue();
        assertThat(out.resolve("META-INF/native-image/io.mirage4j/reflect-config.json"))
                .content()
                .contains(
                        "{\"name\":\"org.jctools.queues.SpscArrayQueue\",\"allDeclaredFields\":true}");
    }

    @Test
    void aClassPathWithoutThemNeedsNothing() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(LibraryMetadata.write(new ClassPath(List.of(classes)), folder)).isFalse();
        assertThat(BundledMetadata.on(new ClassPath(List.of(classes))).options()).isEmpty();
    }
}
