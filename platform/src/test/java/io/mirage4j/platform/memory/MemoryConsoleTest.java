// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;

import org.junit.jupiter.api.Test;

class MemoryConsoleTest {
    @Test
    void itKeepsWhatWasWritten() {
        var console = new MemoryConsole();
        console.write(ReadOnlyCstruct.of("Grüße, "));
        console.println("Welt");
        console.println("");
        assertThat(console.text()).isEqualTo("Grüße, Welt\n\n");
    }
}
