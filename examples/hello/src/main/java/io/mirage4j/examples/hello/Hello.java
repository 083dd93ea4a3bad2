// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.hello;

import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;

/// Greets whom it is told to greet. It knows a board and nothing else of the world, so it runs
/// wherever there is one: on a JVM, in an image, in a test.
public final class Hello {
    private static final Argument<String> NAME =
            Argument.text("name").help("whom to greet").orElse("world");

    static final Declaration DECLARATION =
            Declaration.named("hello").about("Greets.").argument(NAME).build();

    public static void main(String[] args) {
        DECLARATION.main(args, Hello::run);
    }

    static int run(Board board, Arguments arguments) {
        board.console().println("Hello, " + arguments.get(NAME) + "!");
        return 0;
    }

    private Hello() {}
}
