// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.ClassPath;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

class ObjectKeyTest {
    @TempDir Path folder;

    private BuilderJars builder;

    @BeforeEach
    void aClass() throws IOException {
        Files.write(folder.resolve("A.class"), new byte[] {1, 2, 3});
        builder = BuilderJars.on(ClassPath.ofThisProgram());
    }

    @Test
    void timesDoNotCount() throws IOException {
        String before = key("-H:+A");
        Files.setLastModifiedTime(folder.resolve("A.class"), FileTime.fromMillis(0));
        assertThat(key("-H:+A")).isEqualTo(before).hasSize(32);
    }

    @Test
    void anOctetOfAClassCounts() throws IOException {
        String before = key("-H:+A");
        Files.write(folder.resolve("A.class"), new byte[] {1, 2, 4});
        assertThat(key("-H:+A")).isNotEqualTo(before);
    }

    @Test
    void aNameAnOptionAndTheBordersBetweenThemCount() throws IOException {
        String before = key("-H:+A", "-H:+B");
        assertThat(key("-H:+A")).isNotEqualTo(before);
        assertThat(key("-H:+A-H:+B")).isNotEqualTo(before);
        Files.move(folder.resolve("A.class"), folder.resolve("B.class"));
        assertThat(key("-H:+A", "-H:+B")).isNotEqualTo(before);
    }

    @Test
    void classesInAJarAreThoseOfTheFolder() throws IOException {
        Path jar = folder.resolveSibling(folder.getFileName() + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("A.class"));
            out.write(new byte[] {1, 2, 3});
        }
        assertThat(key(jar, "-H:+A")).isEqualTo(key("-H:+A"));
        Files.delete(jar);
    }

    @Test
    void theBootLayerIsOnlyLinkedButForWhatTheBuilderReads() throws IOException {
        String before = key("-H:+A");
        write("io/mirage4j/solo5/boot/common/boot.c");
        assertThat(key("-H:+A")).isEqualTo(before);
        write("io/mirage4j/solo5/boot/builder/include/svm_locale.h");
        assertThat(key("-H:+A")).isNotEqualTo(before);
    }

    @Test
    void theBuilderIsFoundAmongOurOwnJars() {
        assertThat(builder.jars()).hasSize(13).contains(builder.compiler());
        assertThat(builder.moduleNames()).contains("org.graalvm.nativeimage.builder");
    }

    private void write(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "text");
    }

    private String key(String... options) throws IOException {
        return key(folder, options);
    }

    private String key(Path entry, String... options) throws IOException {
        return ObjectKey.of(new ClassPath(List.of(entry)), List.of(options), builder);
    }
}
