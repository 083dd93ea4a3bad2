// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.memory.MemoryBoard;

import org.junit.jupiter.api.Test;

class HelloTest {
    private final MemoryBoard board = new MemoryBoard();

    @Test
    void greetsTheWorld() throws Exception {
        assertThat(run()).isZero();
        assertThat(board.text()).isEqualTo("Hello, world!\n");
    }

    @Test
    void greetsWhoIsNamed() throws Exception {
        assertThat(run("--name", "Ada")).isZero();
        assertThat(run("--name=Grüße")).isZero();
        assertThat(board.text()).isEqualTo("Hello, Ada!\nHello, Grüße!\n");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(run("--nmae", "Ada")).isEqualTo(2);
        assertThat(run("--name")).isEqualTo(2);
        assertThat(board.text())
                .isEqualTo(
                        "hello: no argument --nmae; --help tells what there is\n"
                                + "hello: --name needs a value: --name=TEXT; --help tells what there is\n");
    }

    @Test
    void tellsItsUsage() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(board.text()).startsWith("usage: hello [--name=TEXT]\n");
    }

    private int run(String... words) throws Exception {
        return Hello.DECLARATION.run(board, words, Hello::run);
    }
}
