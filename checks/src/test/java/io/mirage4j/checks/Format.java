// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one formatter: 4 spaces, 100 columns, [Guards] in one form. `./mirage format` runs [#main].
final class Format {
    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    static String format(String source) throws FormatterException {
        return Guards.inForm(
                FORMATTER.formatSource(
                        RemoveUnusedImports.removeUnusedImports(
                                ImportOrderer.reorderImports(source, Style.AOSP))));
    }

    /// Formats every file of the tree that is not.
    public static void main(String[] args) throws IOException {
        int changed = 0;
        for (Path file : Tree.files(".java")) {
            String source = Tree.read(file);
            try {
                String formatted = format(source);
                if (!formatted.equals(source)) {
                    Files.writeString(file, formatted);
                    System.out.println("formatted " + Tree.relative(file));
                    changed++;
                }
            } catch (FormatterException e) {
                System.out.println("not Java: " + Tree.relative(file) + ": " + e.getMessage());
            }
        }
        System.out.println(changed + " files changed");
    }

    private Format() {}
}
