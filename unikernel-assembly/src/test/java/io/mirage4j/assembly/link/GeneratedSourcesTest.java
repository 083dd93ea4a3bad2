// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Programs;
import io.mirage4j.platform.unikernel.Declaration;

import org.junit.jupiter.api.Test;

import java.util.List;

class GeneratedSourcesTest {
    @Test
    void devicesStandInTheOrderOfTheirHandles() {
        assertThat(GeneratedSources.image(Programs.WITH_DEVICES))
                .endsWith(
                        """
                        #include "manifest.h"
                        IMAGE("tried",
                            NETWORK("service"),
                            BLOCK("storage"))
                        """);
    }

    @Test
    void aProgramNeedsNoDevices() {
        assertThat(GeneratedSources.image(Declaration.named("bare").build()))
                .endsWith("IMAGE(\"bare\")\n");
    }

    @Test
    void nativesOfTheJdkThrowAndOtherFunctionsEndTheGuest() {
        assertThat(GeneratedSources.missing(List.of("Java_java_io_Console_echo", "fdopen")))
                .endsWith(
                        """
                        MISSING_NATIVE(Java_java_io_Console_echo)
                        MISSING_FUNCTION(fdopen)
                        """);
    }
}
