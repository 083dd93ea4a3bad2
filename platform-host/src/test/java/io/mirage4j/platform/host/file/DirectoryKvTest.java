// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.contract.KvContract;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryKvTest {
    @TempDir Path top;

    private Path root;
    private Kv kv;

    @BeforeEach
    final void openTheDirectory() throws IOException {
        root = Files.createDirectory(top.resolve("root"));
        kv = DirectoryKv.open(root);
    }

    @Nested
    class AsAKv extends KvContract {
        @Override
        protected Kv open(Map<String, String> contents) throws IOException {
            for (var entry : contents.entrySet()) {
                put(entry.getKey(), entry.getValue());
            }
            return kv;
        }
    }

    @Test
    void fileBesideAnotherIsItsCodedForm() throws IOException {
        put("a/b.txt", "plain");
        put("a/b.txt.gz", "gzipped");
        put("a/b.txt.br", "brotli");
        Kv.Value plain = requireNonNull(kv.find("a/b.txt"));
        assertThat(text(requireNonNull(plain.encoded("gzip")))).isEqualTo("gzipped");
        assertThat(text(requireNonNull(plain.encoded("br")))).isEqualTo("brotli");
        assertThat(plain.encoded("zstd")).isNull();
        assertThat(requireNonNull(kv.find("a/b.txt.br")).encoded("gzip")).isNull();
    }

    @Test
    void codedFormOfAnOlderEditIsNone() throws IOException {
        put("b.txt", "plain");
        put("b.txt.gz", "gzipped");
        Files.setLastModifiedTime(
                root.resolve("b.txt.gz"), FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(requireNonNull(kv.find("b.txt")).encoded("gzip")).isNull();
    }

    @Test
    void linkBesideAFileIsNoCodedForm() throws IOException {
        put("b.txt", "plain");
        put("secret", "secret");
        Files.createSymbolicLink(root.resolve("b.txt.gz"), root.resolve("secret"));
        assertThat(requireNonNull(kv.find("b.txt")).encoded("gzip")).isNull();
    }

    /// As who asks a server for the first octet of many files.
    @Test
    void filesReadInPartDoNotUseUpTheDescriptors() throws IOException {
        List<Kv.Value> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            put("file" + i, i + " and more");
            Kv.Value value = requireNonNull(kv.find("file" + i));
            assertThat(value.read(0, 1).length()).isEqualTo(1);
            values.add(value);
        }
        String[] open = requireNonNull(Path.of("/proc/self/fd").toFile().list());
        String here = root.toRealPath().toString();
        long kept = Arrays.stream(open).filter(fd -> target(fd).startsWith(here)).count();
        assertThat(kept).isEqualTo(KeptFiles.MOST);
        for (int i = 0; i < 300; i++) {
            Kv.Value value = values.get(i);
            String rest = (i + " and more").substring(1);
            assertThat(value.read(1, rest.length()).text(StandardCharsets.UTF_8)).isEqualTo(rest);
        }
    }

    private static String target(String descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
        } catch (IOException e) {
            return ""; // that of the listing itself, closed by now
        }
    }

    @Test
    void linksNameNothingWhereverTheyPoint() throws IOException {
        Files.writeString(top.resolve("secret"), "s");
        Files.createDirectory(top.resolve("outside"));
        Files.writeString(top.resolve("outside/secret"), "s");
        put("real/file", "f");
        link("to-file", "../secret");
        link("to-folder", "../outside");
        link("to-root", "/");
        link("real/up", "..");
        link("inside", "real/file");
        link("loop", "loop");
        link("dangling", "nowhere");
        for (String path :
                new String[] {
                    "to-file",
                    "to-folder/secret",
                    "to-folder",
                    "to-root/etc/passwd",
                    "real/up/real/file",
                    "inside",
                    "loop",
                    "loop/x",
                    "dangling"
                }) {
            assertThat(kv.find(path)).as(path).isNull();
            assertThat(kv.list(path)).as(path).isEmpty();
        }
        assertThat(kv.list("")).containsExactly("real/");
        assertThat(kv.list("real")).containsExactly("file");
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        put("a", "1");
        Path link = Files.createSymbolicLink(top.resolve("link"), root);
        assertThat(text(DirectoryKv.open(link).find("a"))).isEqualTo("1");
    }

    @Test
    void pipesAndDevicesNameNothing() throws Exception {
        if (new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor() == 0) {
            assertThat(kv.find("pipe")).isNull();
            assertThat(kv.list("")).isEmpty();
        }
    }

    @Test
    void anEditIsSeenAtOnceAndFailsWhoHoldsTheOld() throws IOException {
        put("page", "old");
        Kv.Value old = kv.find("page");
        assertThat(text(old)).isEqualTo("old");
        put("page", "newer");
        assertThat(text(kv.find("page"))).isEqualTo("newer");
        assertThatIOException()
                .isThrownBy(() -> old.read(0, 3))
                .withMessageContaining("page has changed");
        Kv.Value other = kv.find("page");
        Files.delete(root.resolve("page"));
        assertThatIOException().isThrownBy(other::digest).withMessageContaining("has changed");
        assertThat(kv.find("page")).isNull();
    }

    @Test
    void whatIsKnownIsLookedUpAgain() throws IOException {
        putLongAgo("folder/page", "old");
        for (int turn = 0; turn < 3; turn++) {
            assertThat(text(kv.find("folder/page"))).isEqualTo("old");
        }
        putLongAgo("folder/page", "newer");
        assertThat(text(kv.find("folder/page"))).isEqualTo("newer");
        put("folder/page", "later");
        assertThat(text(kv.find("folder/page"))).isEqualTo("later");
        Files.delete(root.resolve("folder/page"));
        assertThat(kv.find("folder/page")).isNull();
    }

    @Test
    void whatIsKnownIsNotFoundThroughALink() throws IOException {
        putLongAgo("folder/page", "p");
        assertThat(text(kv.find("folder/page"))).isEqualTo("p");
        Files.move(root.resolve("folder"), root.resolve("moved"));
        link("folder", "moved");
        assertThat(kv.find("folder/page")).isNull();
        assertThat(text(kv.find("moved/page"))).isEqualTo("p");
        Files.move(root.resolve("moved/page"), root.resolve("moved/other"));
        link("moved/page", "other");
        assertThat(kv.find("moved/page")).isNull();
    }

    private void putLongAgo(String path, String content) throws IOException {
        put(path, content);
        FileTime time = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));
        Files.setLastModifiedTime(root.resolve(path), time);
    }

    @Test
    void aFileReplacedByAnotherOfTheSameSizeAndTimeIsNoticed() throws IOException {
        FileTime time = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));
        put("page", "one");
        Files.setLastModifiedTime(root.resolve("page"), time);
        Kv.Value value = kv.find("page");
        assertThat(value.lastModified()).isEqualTo(time.toInstant());
        put("new", "two");
        Files.setLastModifiedTime(root.resolve("new"), time);
        Files.move(
                root.resolve("new"),
                root.resolve("page"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatIOException().isThrownBy(() -> value.read(0, 3));
    }

    @Test
    void aLongFileIsReadThroughOneBufferAndFailsInItsMiddleIfItChanges() throws IOException {
        byte[] octets = new byte[300_000];
        new java.util.Random(1).nextBytes(octets);
        Files.write(root.resolve("long"), octets);
        Kv.Value value = kv.find("long");
        Cstruct buf = Cstruct.create(50_000);
        for (int off = 0; off < octets.length; off += buf.length()) {
            value.read(off, buf);
            assertThat(buf).isEqualTo(Cstruct.of(octets, off, buf.length()));
        }
        value.read(0, buf);
        Files.write(root.resolve("long"), new byte[10]);
        assertThatIOException().isThrownBy(() -> value.read(50_000, buf));
    }

    @Test
    void whileFilesAreReplacedAReaderGetsOneOrTheOther() throws Exception {
        var stop = new AtomicBoolean();
        put("page", "a".repeat(100));
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        for (int i = 0; !stop.get(); i++) {
                                            String text = (i % 2 == 0 ? "b" : "a").repeat(100);
                                            Files.writeString(root.resolve("next"), text);
                                            Files.move(
                                                    root.resolve("next"),
                                                    root.resolve("page"),
                                                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                                        }
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                });
        int read = 0;
        for (int i = 0; i < 1000 || read < 10; i++) {
            Kv.Value value = kv.find("page");
            try {
                assertThat(text(value)).matches("a{100}|b{100}");
                read++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("has changed");
            }
        }
        stop.set(true);
        writer.join();
    }

    @Test
    void anInterruptedReaderLeavesAndTheValueGoesOn() throws IOException {
        put("page", "text");
        Kv.Value value = kv.find("page");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> value.read(0, 4)).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(text(value)).isEqualTo("text");
    }

    @Test
    void namesTooLongOrOddNameNothing() throws IOException {
        assertThat(kv.find("x".repeat(300))).isNull();
        assertThat(kv.find("x/".repeat(3000) + "y")).isNull();
        assertThat(kv.find("\ud800")).isNull();
        assertThat(kv.list("x".repeat(5000))).isEmpty();
    }

    @Test
    void whatIsNoDirectoryIsRefused() throws IOException {
        put("file", "");
        assertThatThrownBy(() -> DirectoryKv.open(root.resolve("file")))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> DirectoryKv.open(root.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void put(String path, String contents) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), contents);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }

    private static String text(Kv.Value value) throws IOException {
        return value.read(0, (int) value.size()).text(StandardCharsets.UTF_8);
    }
}
