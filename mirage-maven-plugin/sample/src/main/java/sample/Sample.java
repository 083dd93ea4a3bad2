// SPDX-License-Identifier: Apache-2.0
package sample;

import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Declaration;

/// Counts, and tells what it counted.
public final class Sample {
    private static final Argument<Integer> TO =
            Argument.number("to", 1, 1000).help("the last number").orElse(10);

    static final Declaration SAMPLE =
            Declaration.named("sample").about("Adds numbers.").argument(TO).build();

    public static void main(String[] args) {
        SAMPLE.main(
                args,
                (board, arguments) -> {
                    int last = arguments.get(TO);
                    int sum = 0;
                    for (int i = 1; i <= last; i++) {
                        sum += i;
                    }
                    board.console().println("1 + ... + " + last + " = " + sum);
                    return 0;
                });
    }

    private Sample() {}
}
