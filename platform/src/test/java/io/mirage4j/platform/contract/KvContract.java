// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// What every [Kv] does.
public abstract class KvContract {
    private static final Map<String, String> CONTENTS =
            Map.of(
                    "index.html", "abc",
                    "empty", "",
                    "css/site.css", "body {}",
                    "css/print/page.css", "@page {}",
                    "css-old", "none",
                    "grüße/ß.txt", "naïve");

    private Kv kv;

    /// A store with exactly these values, by path.
    protected abstract Kv open(Map<String, String> contents) throws Exception;

    @BeforeEach
    final void openTheStore() throws Exception {
        kv = open(CONTENTS);
    }

    @Test
    void everyValueIsFound() throws Exception {
        for (var entry : CONTENTS.entrySet()) {
            Kv.Value value = find(entry.getKey());
            assertThat(text(value.read(0, (int) value.size()))).isEqualTo(entry.getValue());
        }
    }

    @Test
    void rangesAreReadAsWindows() throws Exception {
        Kv.Value value = find("css/site.css");
        assertThat(text(value.read(0, 4))).isEqualTo("body");
        assertThat(text(value.read(5, 2))).isEqualTo("{}");
        assertThat(value.read(7, 0).length()).isZero();
    }

    @Test
    void rangesAreReadIntoTheCallersBuffer() throws Exception {
        Kv.Value value = find("css/site.css");
        Cstruct buf = Cstruct.create(6);
        value.read(5, buf.sub(1, 2));
        assertThat(text(buf.sub(1, 2))).isEqualTo("{}");
        assertThat(buf.u8(0) | buf.u8(3)).isZero();
        value.read(7, Cstruct.empty());
        assertThatThrownBy(() -> value.read(2, buf)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> value.read(-1, buf)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rangesOutsideTheValueAreRefused() throws Exception {
        Kv.Value value = find("css/site.css");
        for (long off : new long[] {-1, 7, 8, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> value.read(off, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("offset " + off);
        }
        assertThatThrownBy(() -> value.read(0, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> value.read(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theDigestIsSha256() throws Exception {
        // FIPS 180-4's example.
        assertThat(HexFormat.of().formatHex(find("index.html").digest().toByteArray()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(HexFormat.of().formatHex(find("empty").digest().toByteArray()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void theTimeOfTheLastChangeIsNotInTheFuture() throws Exception {
        assertThat(find("index.html").lastModified())
                .isBeforeOrEqualTo(java.time.Instant.now().plusSeconds(60));
    }

    @Test
    void foldersListTheirNamesInOrder() throws Exception {
        assertThat(kv.list("")).containsExactly("css-old", "css/", "empty", "grüße/", "index.html");
        assertThat(kv.list("css")).containsExactly("print/", "site.css");
        assertThat(kv.list("css/print")).containsExactly("page.css");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index",
                "index.html/",
                "/index.html",
                "css",
                "css/",
                "css/site",
                "CSS/site.css",
                "",
                "/",
                ".",
                "..",
                "./index.html",
                "css/../index.html",
                "css//site.css",
                "css/./site.css",
                "../css/site.css",
                "index.html\0",
                "css\\site.css",
                "%69ndex.html",
                "index.html ",
                "~",
                "C:"
            })
    void otherPathsNameNothing(String path) throws Exception {
        assertThat(kv.find(path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "css/", "/css", "..", ".", "./css", "css/..", "index.html", "no", "\0"})
    void otherFoldersAreEmpty(String folder) throws Exception {
        assertThat(kv.list(folder)).isEmpty();
    }

    private Kv.Value find(String path) throws Exception {
        Kv.Value value = kv.find(path);
        assertThat(value).as(path).isNotNull();
        return value;
    }

    private static String text(ReadOnlyCstruct octets) {
        return octets.text(StandardCharsets.UTF_8);
    }
}
