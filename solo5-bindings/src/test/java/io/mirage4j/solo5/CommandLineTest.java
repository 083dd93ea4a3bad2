// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

class CommandLineTest {
    @Test
    void wordsEndAtWhiteSpace() {
        assertThat(CommandLine.words("  a\tbc \n d ")).containsExactly("a", "bc", "d");
        assertThat(CommandLine.words(" ")).isEmpty();
    }

    @Test
    void quotesKeepWhiteSpaceAndMakeEmptyWords() {
        assertThat(CommandLine.words("--name='a b'c \"d  e\" '' \"\""))
                .containsExactly("--name=a bc", "d  e", "", "");
    }

    @Test
    void aBackslashKeepsACharacterFromItsMeaning() {
        assertThat(CommandLine.words("a\\ b \\\" \"\\\"\\\\\\n\" 'c\\'"))
                .containsExactly("a b", "\"", "\"\\\\n", "c\\");
    }

    @Test
    void whatIsOpenAtTheEndEndsThere() {
        assertThat(CommandLine.words("'a b")).containsExactly("a b");
        assertThat(CommandLine.words("a\\")).containsExactly("a\\");
    }

    @Property
    void wordsInSingleQuotesAreReadBack(@ForAll List<String> words) {
        String line =
                words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        assertThat(CommandLine.words(line)).containsExactlyElementsOf(words);
    }
}
