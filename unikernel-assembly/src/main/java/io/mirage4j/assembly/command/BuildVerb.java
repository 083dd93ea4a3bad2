// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.link.Image;

/// `mirage build`.
final class BuildVerb {
    static int run(Words words) {
        Target target = Target.parse(words.option("--target", "spt"));
        Program program = Program.of(words, target);
        Application application = program.application();
        ObjectOptions options = options(words, application.mainClass());
        words.requireNoMore();
        if (target == Target.HOST) {
            Mirage.PROGRESS.say("a host runs classes: nothing to make");
            return 0;
        }
        Image image =
                new Assembler(Mirage.PROGRESS).build(application, target, program.image(), options);
        System.out.println(image.file());
        return 0;
    }

    static ObjectOptions options(Words words, String mainClass) {
        String level = words.option("--optimize", "s");
        if (level.length() != 1 || "s12b0".indexOf(level.charAt(0)) < 0) {
            throw new AssemblyException("--optimize " + level + " is none of s, 0, 1, 2, b");
        }
        int memory;
        String megabytes = words.option("--builder-memory", "3072");
        try {
            memory = Integer.parseInt(megabytes);
        } catch (NumberFormatException e) {
            throw new AssemblyException(
                    "--builder-memory "
                            + megabytes
                            + " is no number of megabytes; 3072 is the usual one",
                    e);
        }
        return ObjectOptions.of(mainClass)
                .optimization(level.charAt(0))
                .march(words.option("--march", "x86-64"))
                .heapMegabytes(memory);
    }

    private BuildVerb() {}
}
