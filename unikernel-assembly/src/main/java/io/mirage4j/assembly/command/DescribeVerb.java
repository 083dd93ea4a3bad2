// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.link.Image;
import io.mirage4j.assembly.report.Description;
import io.mirage4j.assembly.report.ImageSize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `mirage describe`. Sizes in an image are told where one was made.
final class DescribeVerb {
    static int run(Words words) {
        Path jar = Path.of(words.thing("APP"));
        boolean json = words.flag("--json");
        boolean dot = words.flag("--dot");
        words.requireNoMore();
        if (json && dot) {
            throw new AssemblyException("--json and --dot are two answers: ask for one");
        }
        Application application = Application.ofJar(jar);
        var description =
                Description.of(
                        application,
                        new Assembler(Mirage.PROGRESS).whole(application),
                        linked(jar));
        System.out.print(json ? description.json() : dot ? description.dot() : description.text());
        return 0;
    }

    /// The octets of code by library, of the first image that lies beside the jar.
    private static Map<String, Long> linked(Path jar) {
        for (Target target : Target.values()) {
            Path image = Program.besideJar(jar, target);
            if (target != Target.HOST && Files.exists(image)) {
                return ImageSize.of(Image.at(image)).code();
            }
        }
        return Map.of();
    }

    private DescribeVerb() {}
}
