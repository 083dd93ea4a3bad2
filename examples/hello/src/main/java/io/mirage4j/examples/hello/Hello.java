// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import io.mirage4j.platform.Console;

/// Greets whom it is told to greet. It knows a console and nothing else of the world, so it runs
/// wherever there is one.
final class Hello {
    static final int OK = 0;
    static final int WRONG_USE = 2;

    private static final String USAGE = "usage: hello [--name NAME]";

    private final Console console;

    Hello(Console console) {
        this.console = console;
    }

    /// Runs the program and returns its exit status.
    int run(String... args) {
        String name = "world";
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--help")) {
                console.println(USAGE);
                return OK;
            } else if (arg.startsWith("--name=")) {
                name = arg.substring("--name=".length());
            } else if (arg.equals("--name") && i + 1 < args.length) {
                name = args[++i];
            } else {
                String wrong = arg.equals("--name") ? "--name needs a name" : "no option " + arg;
                console.println("hello: " + wrong + "; " + USAGE);
                return WRONG_USE;
            }
        }
        console.println("Hello, " + name + "!");
        return OK;
    }
}
