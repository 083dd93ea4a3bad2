// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.FormatterException;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class FormatTest {
    @Test
    void everySourceFileIsFormatted() throws FormatterException {
        List<Path> unformatted = new ArrayList<>();
        for (Path file : Tree.files(".java")) {
            String source = Tree.read(file);
            if (!Format.format(source).equals(source)) {
                unformatted.add(Tree.relative(file));
            }
        }
        assertThat(unformatted).as("run ./mirage format").isEmpty();
    }
}
