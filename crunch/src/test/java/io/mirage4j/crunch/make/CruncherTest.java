// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.decoder.Decoder;

import io.mirage4j.crunch.Crunched;
import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.crunch.make.Cruncher.Options;
import io.mirage4j.platform.Kv;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

class CruncherTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PAGE = "<p>the same again</p>\n".repeat(200);

    @TempDir Path temporary;
    private Path site;
    private Path blob;

    @BeforeEach
    void makeASite() throws IOException {
        site = Files.createDirectories(temporary.resolve("site"));
        blob = temporary.resolve("out/site.crunch");
        write("index.html", PAGE);
        write("about/index.html", PAGE);
        write("css/site.css", "body { color: #123 }");
        write("grüße.txt", "hello");
    }

    @Test
    void filesBecomeValues() throws Exception {
        Crunched kv = crunch(Options.DEFAULT);
        assertThat(kv.size()).isEqualTo(4);
        assertThat(kv.list("")).containsExactly("about/", "css/", "grüße.txt", "index.html");
        Kv.Value page = find(kv, "about/index.html");
        assertThat(octets(page)).isEqualTo(PAGE.getBytes(UTF_8));
        assertThat(page.mediaType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.lastModified()).isEqualTo(TIME);
    }

    @Test
    void variantsAreStoredWhereTheyAreSmaller() throws Exception {
        write("noise.txt", noise(1000));
        write("picture.png", PAGE);
        Crunched kv = crunch(Options.DEFAULT);
        Kv.Value page = find(kv, "index.html");
        byte[] gzip = octets(page.encoded("gzip"));
        byte[] brotli = octets(page.encoded("br"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(PAGE.getBytes(UTF_8));
        assertThat(Decoder.decompress(brotli).getDecompressedData())
                .isEqualTo(PAGE.getBytes(UTF_8));
        assertThat(brotli.length).isLessThan(gzip.length);
        assertThat(find(kv, "noise.txt").encoded("gzip")).isNull();
        assertThat(find(kv, "css/site.css").encoded("gzip")).isNull();
        assertThat(find(kv, "picture.png").mediaType()).isEqualTo("image/png");
    }

    @Test
    void variantsCanBeLeftOut() throws Exception {
        Crunched kv = crunch(new Options(Selection.ALL, false, false, null));
        assertThat(find(kv, "index.html").encoded("gzip")).isNull();
        assertThat(find(kv, "index.html").encoded("br")).isNull();
    }

    @Test
    void theSameFilesMakeTheSameBlob() throws Exception {
        crunch(Options.DEFAULT);
        byte[] first = Files.readAllBytes(blob);
        Path elsewhere = temporary.resolve("elsewhere");
        for (String name : List.of("grüße.txt", "css/site.css", "about/index.html", "index.html")) {
            Path copy = elsewhere.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(site.resolve(name), copy);
            Files.setLastModifiedTime(copy, FileTime.from(TIME));
        }
        new Cruncher(Options.DEFAULT).crunch(List.of(elsewhere), blob);
        assertThat(Files.readAllBytes(blob)).isEqualTo(first);
    }

    @Test
    void aGivenTimeIsThatOfEveryValue() throws Exception {
        Crunched kv = crunch(new Options(Selection.ALL, true, true, Instant.EPOCH));
        assertThat(find(kv, "index.html").lastModified()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void globsChoose() throws Exception {
        var selection = new Selection(List.of("**.html", "*.html"), List.of("about"));
        Crunched kv = crunch(new Options(selection, true, true, null));
        assertThat(kv.list("")).containsExactly("index.html");
        assertThat(kv.size()).isEqualTo(1);
    }

    @Test
    void directoriesAreLaidOneOverTheOther() throws Exception {
        Path more = Files.createDirectories(temporary.resolve("more/css")).getParent();
        Files.writeString(more.resolve("css/print.css"), "");
        new Cruncher(Options.DEFAULT).crunch(List.of(site, more), blob);
        assertThat(CrunchResource.open(blob).list("css")).containsExactly("print.css", "site.css");
        Files.writeString(more.resolve("index.html"), "");
        assertThatThrownBy(() -> new Cruncher(Options.DEFAULT).crunch(List.of(site, more), blob))
                .isInstanceOf(CrunchException.class)
                .hasMessage(
                        more.resolve("index.html") + " is in two of the directories: remove one");
    }

    @Test
    void allFaultsAreNamedAtOnceAndNothingIsMade() throws Exception {
        write("Index.html", "case");
        write("ABOUT/x", "case of a folder");
        write("gru\u0308\u00dfe.txt", "normalisation");
        Files.createSymbolicLink(site.resolve("link"), site.resolve("index.html"));
        Path odd = oddName();
        assertThatThrownBy(() -> crunch(Options.DEFAULT))
                .isInstanceOfSatisfying(
                        CrunchException.class,
                        e -> {
                            assertThat(e.faults()).hasSize(5);
                            assertThat(e)
                                    .hasMessageContaining("only by case or normalisation")
                                    .hasMessageContaining("u\\u0308")
                                    .hasMessageContaining(site.resolve("link") + " is a link")
                                    .hasMessageContaining(odd + " has a name that is not UTF-8");
                        });
        assertThat(blob).doesNotExist();
    }

    @Test
    void aLinkThatIsExcludedIsNoFault() throws Exception {
        Files.createSymbolicLink(site.resolve("link"), site.resolve("index.html"));
        var selection = new Selection(List.of(), List.of("link"));
        assertThat(crunch(new Options(selection, true, true, null)).size()).isEqualTo(4);
    }

    @Test
    void aFileWhereAnotherDirectoryHasAFolderIsNamedEitherWay() throws Exception {
        write("a.html", "");
        Path more = Files.createDirectories(temporary.resolve("more/a.html")).getParent();
        Files.writeString(more.resolve("a.html/x"), "");
        var cruncher = new Cruncher(Options.DEFAULT);
        assertThatThrownBy(() -> cruncher.crunch(List.of(site, more), blob))
                .hasMessage(
                        more.resolve("a.html")
                                + " is a folder where another of the directories has a file:"
                                + " rename one");
        assertThatThrownBy(() -> cruncher.crunch(List.of(more, site), blob))
                .hasMessage(
                        site.resolve("a.html")
                                + " is a file where another of the directories has a folder:"
                                + " rename one");
    }

    @Test
    void theBlobIsNotPutIntoItselfWhateverPathItHas() throws Exception {
        blob = site.resolve("css/site.crunch");
        write("css/site.crunch", "an older one");
        write("css/site.crunch.part", "what a run that was killed left");
        write("site.crunch", "only the same name");
        assertThat(crunch(Options.DEFAULT).size()).isEqualTo(5);
        byte[] first = Files.readAllBytes(blob);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), site);
        blob = link.resolve("about/../css/site.crunch");
        assertThat(crunch(Options.DEFAULT).list("css")).containsExactly("site.css");
        assertThat(Files.readAllBytes(blob)).isEqualTo(first);
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws Exception {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        var cruncher = new Cruncher(Options.DEFAULT);
        for (Path directory : List.of(empty, site, Path.of("/"))) {
            assertThatThrownBy(() -> cruncher.crunch(List.of(site), directory))
                    .isInstanceOf(CrunchException.class)
                    .hasMessage(directory + " is a directory: name a file in it");
        }
        assertThat(empty).isEmptyDirectory();
        Path part = Files.createDirectory(temporary.resolve("x.part"));
        assertThatThrownBy(() -> cruncher.crunch(List.of(site), temporary.resolve("x")))
                .hasMessage(part + " is a directory: name a file in it");
        assertThat(part).isEmptyDirectory();
        assertThatThrownBy(() -> cruncher.crunch(List.of(site), Path.of("/dev/null")))
                .hasMessage("/dev/null is no regular file: name another");
    }

    @Test
    void aTimeThatNoDateOfHttpCanTellIsRefused() {
        assertThatThrownBy(() -> new Options(Selection.ALL, true, true, Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" is not in the years 1970 to 9999");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNamed() throws Exception {
        Path file = site.resolve("index.html");
        var found = new SourceFile("index.html", file, Files.size(file), TIME);
        Files.writeString(file, "shorter");
        var writer = new io.mirage4j.crunch.BlobWriter(OutputStream.nullOutputStream());
        assertThatThrownBy(() -> new Bodies(writer, java.util.Set.of()).add(found, null))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " changed while it was read: try again");
    }

    @Test
    void aDirectoryThatIsNoneIsNamed() {
        Path none = temporary.resolve("none");
        assertThatThrownBy(() -> new Cruncher(Options.DEFAULT).crunch(List.of(none), blob))
                .hasMessage(none + " is no directory");
    }

    @Test
    @EnabledIfSystemProperty(named = "mirage.full", matches = "true")
    void aHundredThousandFilesAndAGigabyteFit() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            write("many/" + i % 300 + "/" + i + ".txt", "file " + i);
        }
        byte[] block = noise(1 << 20);
        for (int i = 0; i < 15; i++) {
            block[0] = (byte) i;
            try (OutputStream out = Files.newOutputStream(site.resolve("large" + i + ".bin"))) {
                for (int j = 0; j < 70; j++) {
                    out.write(block);
                }
            }
        }
        Crunched kv = crunch(Options.DEFAULT);
        assertThat(kv.size()).isEqualTo(100_019);
        assertThat(new String(octets(find(kv, "many/99/99999.txt")), UTF_8))
                .isEqualTo("file 99999");
        assertThat(find(kv, "large7.bin").size()).isEqualTo(70L << 20);
        assertThat(find(kv, "large7.bin").read(0, 1).u8(0)).isEqualTo(7);
    }

    private Crunched crunch(Options options) throws IOException {
        new Cruncher(options).crunch(List.of(site), blob);
        return CrunchResource.open(blob);
    }

    private void write(String path, String text) throws IOException {
        write(path, text.getBytes(UTF_8));
    }

    private void write(String path, byte[] octets) throws IOException {
        Path file = site.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, octets);
        Files.setLastModifiedTime(file, FileTime.from(TIME));
    }

    private static byte[] noise(int length) {
        byte[] octets = new byte[length];
        new Random(5).nextBytes(octets);
        return octets;
    }

    /// A file with the octet ff in its name, which no string of Java is turned into.
    private Path oddName() throws Exception {
        Process touch =
                new ProcessBuilder("sh", "-c", "touch \"$0/$(printf 'odd\\377')\"", site.toString())
                        .inheritIO()
                        .start();
        assertThat(touch.waitFor()).isZero();
        try (var files = Files.newDirectoryStream(site, "odd*")) {
            return files.iterator().next();
        }
    }

    private static Kv.Value find(Kv kv, String path) throws IOException {
        Kv.Value value = kv.find(path);
        assertThat(value).as(path).isNotNull();
        return value;
    }

    private static byte[] octets(Kv.Value value) throws IOException {
        return value.read(0, (int) value.size()).toByteArray();
    }
}
