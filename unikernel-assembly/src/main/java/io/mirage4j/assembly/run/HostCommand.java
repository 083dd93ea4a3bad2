// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.ClassPath;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that runs a program's classes on a JVM, on a board that stands in for one.
public final class HostCommand {
    /// The whole of it.
    ///
    /// @param tool the class path that holds the board
    /// @param options the wiring, as the user wrote it
    public static List<String> of(
            Application application, ClassPath tool, List<String> options, List<String> words) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                application.classPath().and(tool.entries()).toString(),
                                "io.mirage4j.assembly.host.HostStart",
                                application.mainClass()));
        command.addAll(options);
        command.add("--");
        command.addAll(words);
        return command;
    }

    private HostCommand() {}
}
