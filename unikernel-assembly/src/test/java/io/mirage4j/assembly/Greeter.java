// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly;

import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;

/// The sample of the README.
final class Greeter {
    private static final Argument<String> NAME =
            Argument.text("name").help("whom to greet").orElse("world");

    static final Declaration DECLARATION =
            Declaration.named("greeter").about("Greets.").argument(NAME).build();

    public static void main(String[] args) {
        DECLARATION.main(args, Greeter::run);
    }

    static int run(Board board, Arguments arguments) {
        board.console().println("Hello, " + arguments.get(NAME) + "!");
        return 0;
    }

    private Greeter() {}
}
