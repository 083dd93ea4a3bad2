// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class SpdxTest {
    @TempDir Path root;

    @Test
    void everySourceBeginsWithItsLicence() {
        assertThat(Spdx.faults(Tree.ROOT)).isEmpty();
    }

    @Test
    void aSourceWithoutItIsAFault() {
        String line = "SPDX-License-Identifier: Apache-2.0\n";
        var tree =
                new SmallTree(root)
                        .file("A.java", "// " + line)
                        .file("B.java", "class B {}\n// " + line)
                        .file("pom.xml", "<?xml version=\"1.0\"?>\n<!-- " + line)
                        .file("x/pom.xml", "<project/>")
                        .file("mirage", "#!/bin/sh\n# " + line)
                        .file(".ci/run", "#!/bin/sh\nset -e\n")
                        .file("c/boot.S", "")
                        .file("target/C.java", "class C {}");
        assertThat(Spdx.faults(tree.root()))
                .hasSize(4)
                .contains("B.java: begin it with a comment SPDX-License-Identifier: Apache-2.0")
                .map(fault -> fault.substring(0, fault.indexOf(':')))
                .containsExactlyInAnyOrder("B.java", "x/pom.xml", ".ci/run", "c/boot.S");
    }
}
