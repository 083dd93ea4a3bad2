// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.memory.MemoryConsole;

import org.junit.jupiter.api.Test;

class HelloTest {
    private final MemoryConsole console = new MemoryConsole();
    private final Hello hello = new Hello(console);

    @Test
    void greetsTheWorld() {
        assertThat(hello.run()).isEqualTo(Hello.OK);
        assertThat(console.text()).isEqualTo("Hello, world!\n");
    }

    @Test
    void greetsWhoIsNamed() {
        assertThat(hello.run("--name", "Ada")).isEqualTo(Hello.OK);
        assertThat(hello.run("--name=Grüße")).isEqualTo(Hello.OK);
        assertThat(console.text()).isEqualTo("Hello, Ada!\nHello, Grüße!\n");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(hello.run("--nmae", "Ada")).isEqualTo(Hello.WRONG_USE);
        assertThat(hello.run("--name")).isEqualTo(Hello.WRONG_USE);
        assertThat(console.text())
                .isEqualTo(
                        "hello: no option --nmae; usage: hello [--name NAME]\n"
                                + "hello: --name needs a name; usage: hello [--name NAME]\n");
    }

    @Test
    void tellsItsUsage() {
        assertThat(hello.run("--help")).isEqualTo(Hello.OK);
        assertThat(console.text()).isEqualTo("usage: hello [--name NAME]\n");
    }
}
