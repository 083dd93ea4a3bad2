// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.aot;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The jars of the native-image builder, found among those this program runs with: Maven brought
/// them there as ordinary dependencies.
///
/// @param jars all of them, the compiler included
/// @param compiler the one that takes the place of the JDK's module of the same name
record BuilderJars(List<Path> jars, Path compiler) {
    static final String VERSION = "25.0.2";

    private static final String COMPILER_MODULE = "jdk.graal.compiler";
    private static final String BUILDER_MODULE = "org.graalvm.nativeimage.builder";

    static BuilderJars on(ClassPath classPath) {
        List<Path> jars =
                classPath.entries().stream()
                        .filter(entry -> entry.toString().endsWith(".jar"))
                        .filter(jar -> modules(jar).stream().anyMatch(BuilderJars::isBuilders))
                        .toList();
        Path compiler =
                jars.stream()
                        .filter(jar -> modules(jar).contains(COMPILER_MODULE))
                        .findFirst()
                        .orElseThrow(BuilderJars::missing);
        if (jars.stream().noneMatch(jar -> modules(jar).contains(BUILDER_MODULE))) throw missing();
        return new BuilderJars(jars, compiler);
    }

    /// The names of the modules in them.
    Set<String> moduleNames() {
        var names = new TreeSet<String>();
        jars.forEach(jar -> names.addAll(modules(jar)));
        return names;
    }

    private static boolean isBuilders(String module) {
        return module.equals(COMPILER_MODULE) || module.startsWith("org.graalvm.");
    }

    private static Set<String> modules(Path jar) {
        return ClassPath.moduleNames(ModuleFinder.of(jar));
    }

    private static AssemblyException missing() {
        return new AssemblyException(
                "the native-image builder is not on the class path: add org.graalvm.nativeimage:svm:"
                        + VERSION);
    }
}
