// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/// The program that is meant, a jar or by `--main` a class, and where its image goes.
record Program(Application application, Path image) {
    static Program of(Words words, Target target) {
        String main = words.option("--main", "");
        if (main.isEmpty()) {
            Path jar = Path.of(words.thing("APP"));
            String image = words.option("--output", besideJar(jar, target).toString());
            return new Program(Application.ofJar(jar), Path.of(image).toAbsolutePath());
        }
        String paths = words.option("--classpath", ".");
        for (String path : paths.split(File.pathSeparator)) {
            if (!Files.exists(Path.of(path))) {
                throw new AssemblyException("--classpath " + paths + ": there is no " + path);
            }
        }
        ClassPath classPath = ClassPath.parse(paths);
        Application application = Application.of(classPath, main);
        String name = application.declaration().name() + "." + target.word();
        return new Program(application, Path.of(words.option("--output", name)).toAbsolutePath());
    }

    /// Where the image of a jar goes if nobody says: beside it, with the target for an ending.
    static Path besideJar(Path jar, Target target) {
        String name = jar.getFileName().toString();
        String stem = name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
        return jar.toAbsolutePath().resolveSibling(stem + "." + target.word());
    }
}
