// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The samples of the README are right.
class ReadmeTest {
    @TempDir Path folder;

    @Test
    void itsSamplesCompile() throws IOException {
        StringBuilder declarations =
                new StringBuilder(
                        """
                        import io.mirage4j.cstruct.*;
                        import io.mirage4j.cstruct.layout.*;
                        """);
        StringBuilder statements = new StringBuilder();
        for (String block : readme().split("```java\n")) {
            String sample = block.contains("```") ? block.substring(0, block.indexOf("```")) : "";
            if (sample.contains("interface ")) {
                declarations.append(sample);
            } else if (!block.startsWith("#")) {
                statements.append("{\n").append(sample).append("}\n");
            }
        }
        Compilation compilation =
                new Compilation(folder)
                        .source("Ipv4Header.java", declarations.toString())
                        .source(
                                "Use.java",
                                """
                                import io.mirage4j.cstruct.*;
                                import io.mirage4j.cstruct.layout.*;
                                class Use {
                                    void use(Cstruct frame, Cstruct page, int off) {
                                        %s
                                    }
                                }
                                """
                                        .formatted(statements));
        assertThat(compilation.run()).as("%s", compilation.errors()).isTrue();
        assertThat(compilation.made()).hasSize(7);
    }

    private static String readme() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("mirage.root", ".."), "cstruct-layout", "README.md"));
    }
}
