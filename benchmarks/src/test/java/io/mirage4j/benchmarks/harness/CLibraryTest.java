// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

class CLibraryTest {
    @Test
    void aFunctionIsCalledOnNativeAndOnHeapMemory() throws Throwable {
        CLibrary library = library("twice.c");
        MemorySegment page = Arena.ofAuto().allocate(8);
        page.set(ValueLayout.JAVA_BYTE, 0, (byte) 5);
        MemorySegment array = MemorySegment.ofArray(new byte[] {5});
        assertThat(library.body("twice", page, 100L).run(21)).isEqualTo(147);
        assertThat(library.body("twice", array, 100L).run(21)).isEqualTo(147);
    }

    @Test
    void aMissingFunctionIsNamed() throws IOException {
        CLibrary library = library("twice.c");
        assertThatThrownBy(() -> library.body("thrice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("twice.c has no thrice");
    }

    @Test
    void aMissingHeaderSkipsAndNamesThePackage() throws IOException {
        library("twice.c");
        assertThatThrownBy(() -> CLibrary.of("lacking.c"))
                .isInstanceOf(SkippedException.class)
                .hasMessageContaining("nowhere/to/be/found.h")
                .hasMessageContaining("(Debian: libnowhere-dev)");
    }

    @Test
    void whatASourceNeedsStandsInItsComment() {
        String source = "/*\n * flags: -luriparser  -lcurl\n * packages: liburiparser-dev\n */\n";
        assertThat(CLibrary.words(source, "flags:")).containsExactly("-luriparser", "-lcurl");
        assertThat(CLibrary.words(source, "nothing:")).isEmpty();
    }

    private static CLibrary library(String source) throws IOException {
        try {
            return CLibrary.of(source);
        } catch (SkippedException e) {
            throw Peers.missing(String.valueOf(e.getMessage()));
        }
    }
}
