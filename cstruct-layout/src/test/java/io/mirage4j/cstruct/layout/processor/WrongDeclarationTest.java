// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct.layout.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A wrong declaration is a compile error on the element that is wrong, and says what to do. The
/// declarations and what is said of each are in `wrong-declarations.txt`.
class WrongDeclarationTest {
    private static final String MARK = "//! ";

    private static final List<String> HEAD =
            List.of(
                    "import io.mirage4j.cstruct.*;",
                    "import io.mirage4j.cstruct.layout.*;",
                    "import io.mirage4j.cstruct.layout.BitGroup.First;");

    @TempDir Path folder;

    private record Case(String name, List<String> lines) {
        /// `line: message`, as the compiler counts lines.
        String expected() {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.startsWith(MARK)) {
                    return HEAD.size() + i + ": " + line.substring(MARK.length());
                }
            }
            throw new AssertionError("no line is marked in " + name);
        }

        String source() {
            return String.join("\n", HEAD) + "\n" + String.join("\n", lines) + "\n";
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("== ")) {
                cases.add(new Case(line.substring(3), new ArrayList<>()));
            } else if (!cases.isEmpty()) {
                cases.getLast().lines().add(line);
            }
        }
        return cases;
    }

    private static String text() {
        try (InputStream in =
                WrongDeclarationTest.class.getResourceAsStream("/wrong-declarations.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> isRefusedWhereItIsWrong() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private void check(Case wrong) {
        Compilation compilation =
                new Compilation(folder.resolve(wrong.name())).source("X.java", wrong.source());
        assertThat(compilation.run()).isFalse();
        assertThat(compilation.errors()).containsExactly(wrong.expected());
    }

    @Test
    void everyWrongFieldIsTold() {
        Compilation compilation =
                new Compilation(folder)
                        .source(
                                "X.java",
                                """
                                import io.mirage4j.cstruct.*;
                                import io.mirage4j.cstruct.layout.*;
                                @Layout interface X {
                                    @U16 int a();
                                    int b();
                                    @U8 int good();
                                    @Octets(0) Cstruct c();
                                }
                                """);
        assertThat(compilation.run()).isFalse();
        assertThat(compilation.errors())
                .extracting(error -> error.substring(0, 2))
                .containsExactly("4:", "5:", "7:");
        assertThat(compilation.made()).isEmpty();
    }
}
