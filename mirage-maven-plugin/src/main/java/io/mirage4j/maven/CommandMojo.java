// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A goal that is done by a program of ours in a JDK 25 of its own, since Maven may run on an older
/// one. The fields are set by Maven, from `META-INF/maven/plugin.xml`.
abstract class CommandMojo extends AbstractMojo {
    static final String MIRAGE = "io.mirage4j.assembly.command.Mirage";

    private @Nullable String jdk;
    private List<Artifact> tool = List.of();

    /// Runs the `main` of a class among the plugin's artifacts to its end.
    void run(String program, List<String> words)
            throws MojoExecutionException, MojoFailureException {
        List<String> command = new ArrayList<>();
        command.add(Jdk25.home(jdk).resolve("bin/java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(
                String.join(
                        File.pathSeparator,
                        tool.stream().map(artifact -> artifact.getFile().getPath()).toList()));
        command.add(program);
        command.addAll(words);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            var end = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            if (process.waitFor() != 0) {
                throw new MojoFailureException("it failed; the reason stands above");
            }
        } catch (IOException e) {
            throw new MojoExecutionException("can not run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted while " + program + " ran", e);
        }
    }
}
