// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import io.mirage4j.assembly.AssemblyException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program of the machine that takes arguments, does its work and ends.
///
/// @param name as on the PATH
/// @param debianPackage what to install where it is missing
record Tool(String name, String debianPackage) {
    static final Tool GCC = new Tool("gcc", "gcc");
    static final Tool LD = new Tool("ld", "binutils");
    static final Tool STRIP = new Tool("strip", "binutils");

    /// Runs it in `folder` and returns what it wrote.
    ///
    /// @throws AssemblyException if it is missing or fails, with what it said
    String run(Path folder, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(name);
        command.addAll(arguments);
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new AssemblyException(
                    "can not run " + name + ": apt-get install " + debianPackage, e);
        }
        try {
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssemblyException(
                        name + " failed with status " + status + ": " + said.strip());
            }
            return said.strip();
        } catch (IOException e) {
            throw new AssemblyException(name + " could not be heard: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssemblyException(name + " was interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
