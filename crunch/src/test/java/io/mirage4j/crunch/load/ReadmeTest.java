// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.load;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.crunch.Crunched;
import io.mirage4j.crunch.make.Cruncher;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Kv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class ReadmeTest {
    @Test
    void theSampleWorks(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("site"));
        Files.writeString(folder.resolve("index.html"), "<h1>hello</h1>");
        Path blob = directory.resolve("site.crunch");
        new Cruncher(Cruncher.Options.DEFAULT).crunch(List.of(folder), blob);

        Crunched site = CrunchResource.open(blob);
        Kv.Value page = Objects.requireNonNull(site.find("index.html"));
        ReadOnlyCstruct first = page.read(0, 4); // a window into the blob
        Kv.Value smaller = page.encoded("gzip"); // null if gzip would not be smaller
        String type = page.mediaType(); // text/html; charset=utf-8

        assertThat(first.text(UTF_8)).isEqualTo("<h1>");
        assertThat(smaller).isNull();
        assertThat(type).isEqualTo("text/html; charset=utf-8");
    }
}
