// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class ArrowsTest {
    @TempDir Path root;

    @Test
    void modulesUseOnlyWhatTheyMay() {
        assertThat(Arrows.faults(Tree.ROOT)).isEmpty();
    }

    @Test
    void anArrowUpwardsIsAFault() {
        assertThat(faults("module io.mirage4j.dns { requires transitive io.mirage4j.tcpip; }"))
                .singleElement()
                .asString()
                .startsWith("m/src/main/java/module-info.java: dns may not use tcpip");
    }

    @Test
    void arrowsDownwardsAndToOthersAreNone() {
        assertThat(
                        faults(
                                """
                                // requires io.mirage4j.tcpip;
                                open module io.mirage4j.dns {
                                    requires static transitive io.mirage4j.platform;
                                    requires org.apache.commons.codec;
                                }
                                """))
                .isEmpty();
    }

    @Test
    void anExampleUsesWhatItLikes() {
        assertThat(faults("module io.mirage4j.examples.site { requires io.mirage4j.dns; }"))
                .isEmpty();
    }

    @Test
    void anUnknownModuleIsAFault() {
        assertThat(faults("module io.mirage4j.dnssec {}"))
                .singleElement()
                .asString()
                .contains("does not know dnssec", "ARCHITECTURE.md");
        assertThat(faults("module com.example {}"))
                .singleElement()
                .asString()
                .contains("name the module io.mirage4j.WORD");
    }

    private List<String> faults(String moduleInfo) {
        return Arrows.faults(
                SmallTree.withModule(root).source("module-info.java", moduleInfo).root());
    }
}
