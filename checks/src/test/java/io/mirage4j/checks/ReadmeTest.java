// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class ReadmeTest {
    @TempDir Path root;
    private SmallTree tree;

    @BeforeEach
    void layOutATreeWithoutFaults() {
        tree =
                SmallTree.withModule(root)
                        .file("README.md", "| [m](m/README.md) | a module |\n")
                        .file("m/README.md", "# m\n")
                        .file("m/CHANGELOG.md", "# Changelog\n");
    }

    @Test
    void whatAReaderIsPromisedIsThere() {
        assertThat(Readme.faults(Tree.ROOT)).isEmpty();
    }

    @Test
    void aReleasedModuleWithoutAReadmeIsAFault() {
        assertThat(root.resolve("m/README.md").toFile().delete()).isTrue();
        assertThat(Readme.faults(root))
                .contains("m/README.md is missing: introduce the module there");
    }

    @Test
    void aReleasedModuleWithoutAChangelogIsAFault() {
        assertThat(root.resolve("m/CHANGELOG.md").toFile().delete()).isTrue();
        assertThat(Readme.faults(root))
                .containsExactly("m/CHANGELOG.md is missing: tell there what users will notice");
        tree.file("m/pom.xml", "<maven.deploy.skip>true</maven.deploy.skip>");
        assertThat(Readme.faults(root)).as("it is not released").isEmpty();
    }

    @Test
    void aModuleThatTheRootDoesNotNameIsAFault() {
        tree.file("README.md", "modules: [many](m)\n");
        assertThat(Readme.faults(root))
                .containsExactly("README.md does not name m: give it a line in the table");
    }

    @Test
    void aLinkThatLeadsNowhereIsAFault() {
        tree.file(
                "m/README.md",
                """
                [up](../README.md#top) [web](https://example.org/x) [here](#m) [gone](gone.md#a)
                ```
                [not a link](nowhere)
                ```
                """);
        assertThat(Readme.faults(root))
                .containsExactly(
                        "m/README.md: the link to gone.md#a leads nowhere: mend or remove it");
    }

    @Test
    void aSampleThatNoTestHoldsIsAFault() {
        tree.file(
                "m/README.md",
                """
                ```java
                import a.A;

                A.one("//"); // first

                A.two();
                ```
                """);
        assertThat(Readme.faults(root))
                .containsExactly(
                        "m/README.md: no source of the module holds this sample; put it into a test"
                                + " word for word: A.one(\"//\"); // first",
                        "m/README.md: no source of the module holds this sample; put it into a test"
                                + " word for word: A.two();");
        tree.file(
                "m/src/test/java/a/ATest.java",
                "void f() {\n    A.one(\"//\");\n    A.three();\n    A.two(); // second\n}\n");
        assertThat(Readme.faults(root)).isEmpty();
    }
}
