// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Support for tests, used in test scope only and never released: [io.mirage4j.testing.Corpus] runs
/// a directory of language-neutral vectors and keeps the score, [io.mirage4j.testing.Json] reads
/// the files that most of them come in. [io.mirage4j.testing.Peers] are the programs of others that
/// tests talk to. [io.mirage4j.testing.OutsideProject] is a user's project that has the artifacts
/// of this tree and nothing else of it.
@NullMarked
module io.mirage4j.testing {
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.mirage4j.testing;
}
