// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import java.util.ArrayList;
import java.util.List;

/// The guest's one command line, taken apart as a shell would: words end at white space but inside
/// `'...'`, where everything stands for itself, or `"..."`, where a backslash keeps `"` and `\`
/// from their meaning. Outside of quotes a backslash does so for any character. A quote that never
/// ends, ends with the line.
final class CommandLine {
    static String[] words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && isSpace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                continue;
            }
            inWord = true;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && escapes(line, i + 1, quote)) {
                word.append(line.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words.toArray(new String[0]);
    }

    /// Whether a backslash in front of the character at `at` is its servant and not itself.
    private static boolean escapes(String line, int at, char quote) {
        if (at >= line.length() || quote == '\'') return false;
        return quote == 0 || line.charAt(at) == '"' || line.charAt(at) == '\\';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private CommandLine() {}
}
