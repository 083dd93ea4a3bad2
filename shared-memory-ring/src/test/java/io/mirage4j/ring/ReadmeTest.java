// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the README shows is what the tests compile and run.
class ReadmeTest {
    @ParameterizedTest
    @ValueSource(strings = {"src/test/java/adder/Adder.java", "src/test/c/adder.c"})
    void theTwoProgramsStandThereInFull(String source) throws IOException {
        assertThat(readme()).contains(Files.readString(Path.of(source)));
    }

    @Test
    void theFiveLinesCompileAndRun() throws IOException {
        Cstruct page = Cstruct.create(4096);
        // <README>
        FrontRing front = FrontRing.create(page, 12); // the other side: BackRing.attach(page, 12)
        page.putU32le(front.slot(), 42); // a slot is filled in place
        front.commit(); // more may follow
        boolean signal = front.push(); // shows them: must the peer be woken?
        int response = front.poll(); // an offset in the page, or SlotRing.NONE
        // </README>
        BackRing back = BackRing.attach(page, 12);
        assertThat(page.u32le(back.poll())).isEqualTo(42);
        assertThat(signal).isTrue();
        assertThat(response).isEqualTo(SlotRing.NONE);
        String mine = Files.readString(Path.of("src/test/java/io/mirage4j/ring/ReadmeTest.java"));
        String lines =
                mine.substring(mine.indexOf("<README>\n") + 9, mine.indexOf("        // </README>"))
                        .stripTrailing()
                        .stripIndent();
        assertThat(readme()).contains(lines);
    }

    @Test
    void runsCompileAndRun() {
        Cstruct page = Cstruct.create(64 + 4 * 12);
        FrontRing front = FrontRing.create(page, 12);
        BackRing ring = BackRing.attach(page, 12);
        int sum = 0;
        for (int value = 1; value <= 10; value++) {
            page.putU32le(front.slot(), value);
            front.commit();
            front.push();
            if (value % 3 == 0 || value == 10) {
                for (int n = ring.waiting(), run; n > 0; n -= run) {
                    int first = ring.firstWaiting();
                    run = ring.run(first, n);
                    for (int off = ring.offsetOf(first), end = off + run * 12;
                            off < end;
                            off += 12) {
                        sum += page.u32le(off);
                    }
                    ring.take(run);
                }
                ring.commit(ring.room());
                ring.push();
                front.take(front.waiting());
            }
        }
        assertThat(sum).isEqualTo(55);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
