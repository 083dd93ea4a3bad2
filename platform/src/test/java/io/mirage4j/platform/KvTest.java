// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Arrays;
import java.util.Set;

class KvTest {
    /// Against the sentence in the contract, word by word.
    @Property
    void aPathHasNoEmptyNorDottedSegmentNorNul(@ForAll("texts") String text) {
        boolean expected =
                text.indexOf('\0') < 0
                        && Arrays.stream(text.split("/", -1))
                                .noneMatch(Set.of("", ".", "..")::contains);
        assertThat(Kv.isPath(text)).as(text).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("/", "/", ".", "..", "...", "a", "index.html", "é", "\0")
                .list()
                .ofMaxSize(7)
                .map(pieces -> String.join("", pieces));
    }
}
