// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `mirage:image`: makes images of a project by the `mirage` command, in a JDK 25 of its own, since
/// Maven may run on an older one. The fields are set by Maven, from `META-INF/maven/plugin.xml`.
public final class ImageMojo extends AbstractMojo {
    private static final String COMMAND = "io.mirage4j.assembly.command.Mirage";

    private String mainClass = "";
    private String targets = "";
    private String optimize = "";
    private String march = "";
    private @Nullable String jdk;
    private List<String> classPath = List.of();
    private List<Artifact> tool = List.of();
    private File folder = new File(".");
    private String name = "";

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        String java = Jdk25.home(jdk).resolve("bin/java").toString();
        String jars =
                String.join(
                        File.pathSeparator,
                        tool.stream().map(artifact -> artifact.getFile().getPath()).toList());
        for (String target : targets.split(",")) {
            String word = target.strip();
            run(
                    List.of(
                            java,
                            "-cp",
                            jars,
                            COMMAND,
                            "build",
                            "--main",
                            mainClass,
                            "--classpath",
                            String.join(File.pathSeparator, classPath),
                            "--target",
                            word,
                            "--optimize",
                            optimize,
                            "--march",
                            march,
                            "--output",
                            new File(folder, name + "." + word).getPath()));
        }
    }

    private void run(List<String> command) throws MojoExecutionException, MojoFailureException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(getLog()::info);
            } finally {
                process.destroy();
            }
            if (process.waitFor() != 0) {
                throw new MojoFailureException(
                        "no image of " + mainClass + " was made; the reason stands above");
            }
        } catch (IOException e) {
            throw new MojoExecutionException("can not run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted while an image was made", e);
        }
    }
}
