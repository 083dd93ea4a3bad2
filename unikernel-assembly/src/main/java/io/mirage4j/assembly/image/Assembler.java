// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.image;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Folders;
import io.mirage4j.assembly.Progress;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectBuilder;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.aot.RelocatableObject;
import io.mirage4j.assembly.link.Image;
import io.mirage4j.assembly.link.ImageLinker;
import io.mirage4j.assembly.report.UnusableCalls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes images: one object for a program, linked for each target that is asked for. An object that
/// was made of the same inputs before is taken again, so a second target only links.
///
/// ```java
/// var assembler = new Assembler(System.err::println);
/// Application hello = Application.ofJar(Path.of("hello.jar"));
/// Image image = assembler.build(hello, Target.SPT, Path.of("hello.spt"));
/// ```
public final class Assembler {
    /// What stands under every program in an image, if the program did not bring it.
    private static final List<String> BELOW =
            List.of(
                    "io/mirage4j/solo5/boot/common/board.h",
                    "io/mirage4j/platform/NetDevice.class",
                    "io/mirage4j/cstruct/Cstruct.class");

    private final ClassPath tool = ClassPath.ofThisProgram();
    private final Progress progress;
    private final Path cache;

    /// With the cache of this user.
    ///
    /// @param progress is told what goes on while the builder works
    public Assembler(Progress progress) {
        this(progress, Folders.cache());
    }

    public Assembler(Progress progress, Path cache) {
        this.progress = progress;
        this.cache = cache;
    }

    /// Whether an image can be made for it.
    public boolean supports(Target target) {
        return linker().canLink(target);
    }

    private ImageLinker linker() {
        return new ImageLinker(tool, cache.resolve("boot"));
    }

    public Image build(Application application, Target target, Path file) {
        return build(application, target, file, ObjectOptions.of(application.mainClass()));
    }

    public Image build(Application application, Target target, Path file, ObjectOptions options) {
        if (target == Target.HOST) {
            throw new AssemblyException("a host runs classes: there is no image to build");
        }
        ImageLinker linker = linker();
        if (!linker.canLink(target)) {
            throw new AssemblyException(
                    "no boot layer for "
                            + target.word()
                            + ": `mirage targets` tells what there is");
        }
        ImageLinker.requireTools();
        ClassPath whole = whole(application);
        RelocatableObject object =
                new ObjectBuilder(tool, cache.resolve("objects"), progress).build(whole, options);
        var image = new Image(file, application.declaration().name(), target, object, whole);
        String key = linker.key(application.declaration(), object, target);
        if (Image.isMadeOf(key, file)) {
            progress.say(file + " is up to date");
            return image;
        }
        if (object.wasCached()) {
            progress.say("compiled before, taken from " + object.folder());
        }
        UnusableCalls.of(object, application)
                .forEach(call -> progress.say("warning: " + call.message()));
        long before = System.nanoTime();
        linker.link(application.declaration(), object, target, file);
        try {
            image.remember(key);
        } catch (IOException e) {
            throw new AssemblyException("can not write beside " + file + ": " + e.getMessage(), e);
        }
        progress.say(
                "linked %s (%.1f MB) in %.1f s"
                        .formatted(
                                file,
                                file.toFile().length() / 1e6,
                                (System.nanoTime() - before) / 1e9));
        return image;
    }

    /// What the image is compiled from: the program and what stands under it.
    public ClassPath whole(Application application) {
        return application.classPath().and(BELOW.stream().map(tool::entryWith).distinct().toList());
    }
}
