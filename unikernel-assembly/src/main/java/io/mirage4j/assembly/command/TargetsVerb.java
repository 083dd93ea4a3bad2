// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.run.ThisMachine;

/// `mirage targets`.
final class TargetsVerb {
    static int run(Words words) {
        words.requireNoMore();
        var assembler = new Assembler(Mirage.PROGRESS);
        for (Target target : Target.values()) {
            boolean makes = target == Target.HOST || assembler.supports(target);
            System.out.printf(
                    "%-7s %-70s %s%n",
                    target.word(),
                    target.meaning(),
                    makes ? runsHere(target) : "no boot layer yet");
        }
        return 0;
    }

    private static String runsHere(Target target) {
        return ThisMachine.lacks(target).map(lack -> "not here: " + lack).orElse("runs here");
    }

    private TargetsVerb() {}
}
