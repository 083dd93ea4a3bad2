// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.link.Image;

import java.nio.file.Path;

/// `mirage build`.
final class BuildVerb {
    static int run(Words words) {
        Target target = Target.parse(words.option("--target", "spt"));
        String main = words.option("--main", "");
        Application application;
        String output;
        if (main.isEmpty()) {
            Path jar = Path.of(words.thing("APP"));
            application = Application.ofJar(jar);
            output = words.option("--output", image(jar, target).toString());
        } else {
            ClassPath classPath = ClassPath.parse(words.option("--classpath", "."));
            application = Application.of(classPath, main);
            output =
                    words.option(
                            "--output", application.declaration().name() + "." + target.word());
        }
        ObjectOptions options = options(words, application.mainClass());
        words.requireNoMore();
        if (target == Target.HOST) {
            Mirage.PROGRESS.say("a host runs classes: nothing to make");
            return 0;
        }
        Image image =
                new Assembler(Mirage.PROGRESS).build(application, target, Path.of(output), options);
        System.out.println(image.file());
        return 0;
    }

    /// Where the image of a jar goes if nobody says: beside it, with the target for an ending.
    static Path image(Path jar, Target target) {
        String name = jar.getFileName().toString();
        String stem = name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
        return jar.toAbsolutePath().resolveSibling(stem + "." + target.word());
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
            throw new AssemblyException("--builder-memory " + megabytes + " is no number", e);
        }
        return ObjectOptions.of(mainClass)
                .optimization(level.charAt(0))
                .march(words.option("--march", "x86-64"))
                .heapMegabytes(memory);
    }

    private BuildVerb() {}
}
