// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

class CoresTest {
    @TempDir Path root;

    @Test
    void coresDoNoInputOrOutput() {
        assertThat(Cores.faults(Tree.ROOT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import java.net.Socket;",
                "import java.nio.file.*;",
                "import java.nio.channels.FileChannel;",
                "class A extends Thread {}",
                "class A { long now = System.nanoTime(); }",
                "class A { long now = System.currentTimeMillis(); }",
                "class A { String s = \"\\\"\" + java.net.URI.create(\"x\"); }",
            })
    void aCoreThatReachesOutIsAFault(String code) {
        assertThat(faults("package io.mirage4j.dns.wire; " + code))
                .singleElement()
                .asString()
                .startsWith("m/src/main/java/A.java: a core does without ")
                .contains("take a contract of platform");
    }

    @Test
    void wordsInCommentsAndStringsDoNotCount() {
        assertThat(
                        faults(
                                """
                                // java.net
                                package io.mirage4j.dns; /* Thread */
                                /// Unlike `System.nanoTime`.
                                class A { String s = "Thread"; char c = '"'; int myThread; }
                                """))
                .isEmpty();
    }

    @Test
    void edgesAndOthersMay() {
        assertThat(faults("package io.mirage4j.http.server; class A extends Thread {}")).isEmpty();
        assertThat(faults("package io.mirage4j.ring; class A extends Thread {}")).isEmpty();
        assertThat(faults("package io.mirage4j.httpd; class A extends Thread {}")).isEmpty();
    }

    private List<String> faults(String source) {
        return Cores.faults(SmallTree.withModule(root).source("A.java", source).root());
    }
}
