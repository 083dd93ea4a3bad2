// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class PackagesTest {
    @TempDir Path root;

    @Test
    void everyPackageIsNullMarkedAndNamedByItsContents() {
        assertThat(Packages.faults(Tree.ROOT)).isEmpty();
    }

    @Test
    void aPackageThatIsNotMarkedIsAFault() {
        var tree =
                SmallTree.withModule(root)
                        .source("module-info.java", "// @NullMarked\nmodule m {}")
                        .source("a/A.java", "class A {}")
                        .source("b/B.java", "class B {}")
                        .source("b/package-info.java", "@NullMarked package b;");
        assertThat(Packages.faults(tree.root()))
                .containsExactly("m/src/main/java/a: add a package-info.java with @NullMarked");
    }

    @Test
    void aMarkedModuleMarksItsPackages() {
        var tree =
                SmallTree.withModule(root)
                        .source("module-info.java", "@NullMarked module m {}")
                        .source("a/A.java", "class A {}");
        assertThat(Packages.faults(tree.root())).isEmpty();
    }

    @Test
    void aNameThatSaysNothingIsAFault() {
        var tree =
                SmallTree.withModule(root)
                        .source("module-info.java", "@NullMarked module m {}")
                        .source("a/util/A.java", "class A {}");
        assertThat(Packages.faults(tree.root()))
                .containsExactly(
                        "m/src/main/java/a/util: 'util' says nothing: name the package by what is"
                                + " in it");
    }
}
