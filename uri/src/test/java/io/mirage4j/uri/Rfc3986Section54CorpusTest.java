// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.testing.Corpus;
import io.mirage4j.testing.Json;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The examples of RFC 3986, 5.4, for resolving references. The two rows on a reference with the
/// scheme of the base are alternatives: one for [Uri#resolve], one for [Uri#resolveLoosely].
class Rfc3986Section54CorpusTest {
    @TestFactory
    Stream<DynamicTest> referencesResolveAsInTheExamples() {
        return Corpus.of("uri", "rfc3986-5.4").tests(this::cases);
    }

    private Stream<Corpus.Case> cases(Path directory) throws IOException {
        Path file = directory.resolve("resolve.json");
        return Json.read(file).elements().stream()
                .map(row -> Corpus.Case.run(Corpus.id(file, row.emit()), () -> resolves(row)));
    }

    private void resolves(Json row) {
        Uri base = Uri.of(row.get("base").text());
        Uri reference = Uri.of(row.get("reference").text());
        Uri target = Uri.of(row.get("target").text());
        if (reference.isRelative()) {
            assertThat(base.resolve(reference)).isEqualTo(target);
        }
        assertThat(target).isIn(base.resolve(reference), base.resolveLoosely(reference));
    }
}
