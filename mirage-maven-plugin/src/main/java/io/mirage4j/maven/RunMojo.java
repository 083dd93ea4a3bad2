// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/// `mirage:run`: runs a project by the `mirage` command, on a JVM or in an image.
public final class RunMojo extends CommandMojo {
    private String mainClass = "";
    private String target = "";
    private String optimize = "";
    private String march = "";
    private String options = "";
    private String arguments = "";
    private List<String> classPath = List.of();
    private File folder = new File(".");
    private String name = "";

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        var words =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--main",
                                mainClass,
                                "--classpath",
                                String.join(File.pathSeparator, classPath),
                                "--target",
                                target,
                                "--optimize",
                                optimize,
                                "--march",
                                march,
                                "--output",
                                new File(folder, name + "." + target).getPath()));
        words.addAll(split(options));
        words.add("--");
        words.addAll(split(arguments));
        run(MIRAGE, words);
    }

    private static List<String> split(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
