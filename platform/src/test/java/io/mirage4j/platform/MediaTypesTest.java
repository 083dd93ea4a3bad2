// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTypesTest {
    @Test
    void theLastExtensionDecidesWhateverItsCase() {
        assertThat(MediaTypes.of("index.html")).isEqualTo("text/html; charset=utf-8");
        assertThat(MediaTypes.of("a/b.min.JS")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(MediaTypes.of("site.tar.gz")).isEqualTo("application/gzip");
    }

    @Test
    void whatTellsNothingIsOctets() {
        for (String name :
                new String[] {"", "README", ".html", "a/.css", "a.html/b", "x.", "x.?"}) {
            assertThat(MediaTypes.of(name)).as(name).isEqualTo(MediaTypes.UNKNOWN);
        }
    }

    @Test
    void textIsCompressibleAndPicturesAreNot() {
        assertThat(MediaTypes.isCompressible("text/html; charset=utf-8")).isTrue();
        assertThat(MediaTypes.isCompressible("image/svg+xml")).isTrue();
        assertThat(MediaTypes.isCompressible("application/json ;q")).isTrue();
        assertThat(MediaTypes.isCompressible("Text/HTML")).isTrue();
        for (String name :
                new String[] {
                    "a.yaml",
                    "a.toml",
                    "a.sql",
                    "a.rtf",
                    "a.sh",
                    "a.tex",
                    "a.ps",
                    "a.dtd",
                    "a.pem",
                    "a.m3u8",
                    "a.eml",
                    "a.obj",
                    "a.svg",
                    "a.jsonld",
                    "a.zone"
                }) {
            assertThat(MediaTypes.isCompressible(MediaTypes.of(name))).as(name).isTrue();
        }
        for (String name : new String[] {"a.woff2", "a.docx", "a.pdf", "a.gz", "a.mp4", "a.jar"}) {
            assertThat(MediaTypes.isCompressible(MediaTypes.of(name))).as(name).isFalse();
        }
        assertThat(MediaTypes.isCompressible("image/png")).isFalse();
        assertThat(MediaTypes.isCompressible(MediaTypes.UNKNOWN)).isFalse();
    }
}
