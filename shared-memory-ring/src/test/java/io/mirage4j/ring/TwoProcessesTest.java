// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;

import adder.Adder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The program of the README on one end of a ring in a file, itself or its twin in C on the other.
/// Each side checks that every request and every answer comes once, in order, and with the right
/// sum; each sleeps whenever the ring is empty.
@Timeout(300)
class TwoProcessesTest {
    private static final int COUNT = Boolean.getBoolean("mirage.full") ? 50_000_000 : 5_000_000;

    @TempDir Path dir;

    @Test
    void javaAsksAndJavaAnswers() throws Exception {
        Path ring = make();
        run(Programs.java(Adder.class, "front", ring, COUNT), java("back", ring));
    }

    @Test
    void javaAsksAndCAnswers() throws Exception {
        Path adder = Programs.compile("adder.c", dir);
        Path ring = make();
        run(Programs.java(Adder.class, "front", ring, COUNT), c(adder, "back", ring));
    }

    @Test
    void cAsksAndJavaAnswers() throws Exception {
        Path adder = Programs.compile("adder.c", dir);
        Path ring = make();
        run(c(adder, "front", ring), java("back", ring));
    }

    private Path make() throws Exception {
        Path ring = dir.resolve("ring");
        Adder.main(new String[] {"make", ring.toString()});
        return ring;
    }

    private static Process java(String end, Path ring) throws IOException {
        return Programs.java(Adder.class, end, ring, COUNT);
    }

    private static Process c(Path adder, String end, Path ring) throws IOException {
        return Programs.start(
                List.of(adder.toString(), end, ring.toString(), Integer.toString(COUNT)));
    }

    private static void run(Process front, Process back) throws Exception {
        try {
            String fronts = Programs.finish(front);
            String backs = Programs.finish(back);
            System.out.print(fronts + backs);
            assertThat(sleeps("front", fronts) + sleeps("back", backs))
                    .as("the two slept and were woken")
                    .isPositive();
        } finally {
            front.destroyForcibly();
            back.destroyForcibly();
        }
    }

    private static int sleeps(String end, String output) {
        String start = end + ": " + COUNT + " done, slept ";
        assertThat(output).startsWith(start).endsWith(" times\n");
        return Integer.parseInt(output.substring(start.length(), output.indexOf(" times")));
    }
}
