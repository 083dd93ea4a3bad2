// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class CrunchedTest {
    @Test
    void nothingCrunchedHasNothing() throws Exception {
        Crunched empty = Crunched.open(Blobs.of(Map.of()));
        assertThat(empty.size()).isZero();
        assertThat(empty.find("a")).isNull();
        assertThat(empty.list("")).isEmpty();
    }

    @Test
    void pathsOfTheSameHashAreAllFound() throws Exception {
        // "Aa" and "BB" have one hash, and so have all words of them.
        List<String> paths = List.of("AaAa", "AaBB", "BBAa", "BBBB", "other");
        Map<String, String> contents = new HashMap<>();
        paths.forEach(path -> contents.put(path, "of " + path));
        Crunched kv = Crunched.open(Blobs.of(contents));
        for (String path : paths) {
            assertThat(text(kv, path)).isEqualTo("of " + path);
        }
        assertThat(kv.find("AaAa2")).isNull();
        assertThat(Crunched.open(Blobs.of(Map.of("Aa", ""))).find("BB")).isNull();
    }

    @Test
    void theSameContentIsStoredOnce() throws Exception {
        String content = "x".repeat(10_000);
        ReadOnlyCstruct blob = Blobs.of(Map.of("a", content, "b", content, "c", content));
        assertThat(blob.length()).isLessThan(11_000);
        assertThat(text(Crunched.open(blob), "c")).isEqualTo(content);
    }

    @Test
    void valuesAreWindowsIntoTheBlob() throws Exception {
        Cstruct blob = Cstruct.of(Blobs.of(Map.of("a", "octets")).toByteArray());
        Kv.Value value = find(Crunched.open(blob), "a");
        int at = blob.indexOf(ReadOnlyCstruct.of("octets"));
        blob.putU8(at, 'O');
        assertThat(value.read(0, 6).text(UTF_8)).isEqualTo("Octets");
    }

    @Test
    void findingAgainGivesTheSameValue() throws Exception {
        Crunched kv = Crunched.open(Blobs.of(Map.of("a", "octets")));
        assertThat(find(kv, "a")).isSameAs(find(kv, "a"));
    }

    @Test
    void typesTimesAndVariantsAreKept() throws Exception {
        var out = new ByteArrayOutputStream();
        var writer = new BlobWriter(out);
        int plain = write(writer, "plain");
        int gzip = write(writer, "zipped");
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        writer.add("a.css", new BlobWriter.Content(plain, gzip, BlobWriter.NONE, time, "text/css"));
        writer.finish();
        Kv.Value value = find(Crunched.open(Cstruct.of(out.toByteArray())), "a.css");
        assertThat(value.mediaType()).isEqualTo("text/css");
        assertThat(value.lastModified()).isEqualTo(time);
        Kv.Value variant = value.encoded("gzip");
        assertThat(variant).isNotNull();
        assertThat(variant.read(0, 6).text(UTF_8)).isEqualTo("zipped");
        assertThat(variant.digest()).isEqualTo(Blobs.sha256("zipped".getBytes(UTF_8)));
        assertThat(value.encoded("br")).isNull();
        assertThat(value.encoded("zstd")).isNull();
    }

    @Test
    void aHundredThousandPathsAreFoundAndListed() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            contents.put("folder " + i % 100 + "/file " + i + ".html", "content " + i % 1000);
        }
        Crunched kv = Crunched.open(Blobs.of(contents));
        for (var entry : contents.entrySet()) {
            assertThat(text(kv, entry.getKey())).isEqualTo(entry.getValue());
        }
        assertThat(kv.list("")).hasSize(100);
        assertThat(kv.list("folder 7")).hasSize(1000);
    }

    @Property(tries = 200)
    void whatIsPutInComesOut(@ForAll @UniqueElements @Size(max = 40) List<String> paths)
            throws IOException {
        Map<String, String> contents = new HashMap<>();
        for (String path : paths) {
            // What UTF-8 can not write is no path of a file.
            if (Kv.isPath(path) && UTF_8.newEncoder().canEncode(path)) {
                contents.put(path, path + "!");
            }
        }
        Crunched kv = Crunched.open(Blobs.of(contents));
        for (var entry : contents.entrySet()) {
            assertThat(text(kv, entry.getKey())).isEqualTo(entry.getValue());
        }
        for (String path : paths) {
            assertThat(kv.find(path) == null).isEqualTo(!contents.containsKey(path));
        }
    }

    @Test
    void damageToIndexOrFooterIsFoundOnOpening() throws Exception {
        byte[] blob = Blobs.of(Map.of("a", "octets", "b", "more")).toByteArray();
        int indexAt = Cstruct.of(blob).s32le(blob.length - Format.FOOTER + Format.F_INDEX_AT);
        for (int at = indexAt; at < blob.length; at++) {
            byte[] damaged = blob.clone();
            damaged[at] ^= 0x10;
            assertThatThrownBy(() -> Crunched.open(Cstruct.of(damaged)))
                    .isInstanceOf(BadBlobException.class);
        }
    }

    @Test
    void whatIsNoBlobIsRefusedWithAWord() {
        for (int length : new int[] {0, 1, 63, 64, 65, 4096}) {
            assertThatThrownBy(() -> Crunched.open(Cstruct.create(length)))
                    .isInstanceOf(BadBlobException.class)
                    .hasMessageStartingWith(length + " octets are no blob of crunch");
        }
    }

    /// The octets of a blob come from whoever built it, but a forger may mend the CRCs.
    @Test
    void aForgedBlobGivesNoOtherExceptionThanThatOfItsWindows() throws Exception {
        byte[] blob = Blobs.of(Map.of("a", "x", "b", "y", "AaAa", "1", "BBBB", "2")).toByteArray();
        Random random = new Random(7);
        int indexAt = Cstruct.of(blob).s32le(blob.length - Format.FOOTER + Format.F_INDEX_AT);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] forged = blob.clone();
            int at = random.nextInt(indexAt, blob.length - Integer.BYTES);
            forged[at] = (byte) random.nextInt();
            forged[at + 1] = (byte) random.nextInt();
            Forger.mend(forged);
            try {
                Crunched kv = Crunched.open(Cstruct.of(forged));
                for (String path : List.of("a", "b", "AaAa", "BBBB", "no")) {
                    kv.find(path);
                }
                kv.list("");
            } catch (BadBlobException | IndexOutOfBoundsException _) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 19_900);
    }

    private static int write(BlobWriter writer, String text) throws IOException {
        byte[] octets = text.getBytes(UTF_8);
        return writer.write(Blobs.sha256(octets), octets.length, new ByteArrayInputStream(octets));
    }

    private static String text(Kv kv, String path) throws IOException {
        Kv.Value value = find(kv, path);
        return value.read(0, (int) value.size()).text(UTF_8);
    }

    private static Kv.Value find(Kv kv, String path) throws IOException {
        Kv.Value value = kv.find(path);
        if (value == null) throw new AssertionError("'" + path + "' is not found");
        return value;
    }
}
