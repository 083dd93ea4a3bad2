// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class SkipsTest {
    @TempDir Path root;

    @Test
    void allTestsSkipByPeers() {
        assertThat(Skips.faults(Tree.ROOT)).isEmpty();
    }

    @Test
    void aTestThatSkipsByItselfIsAFault() {
        var tree =
                new SmallTree(root)
                        .file("m/src/test/java/ATest.java", "Assumptions.abort(\"no dig\");")
                        .file(
                                "m/src/test/java/BTest.java",
                                "Peers.require(\"dig\"); // Assumptions")
                        .file("m/src/main/java/C.java", "Assumptions.abort(\"no dig\");")
                        .file("testing/src/main/java/Peers.java", "new TestAbortedException()");
        assertThat(Skips.faults(tree.root()))
                .containsExactly("m/src/test/java/ATest.java: skip by io.mirage4j.testing.Peers");
    }
}
