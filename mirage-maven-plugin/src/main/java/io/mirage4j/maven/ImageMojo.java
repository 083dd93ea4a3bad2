// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

import java.io.File;
import java.util.List;

/// `mirage:image`: makes images of a project by the `mirage` command.
public final class ImageMojo extends CommandMojo {
    private String mainClass = "";
    private String targets = "";
    private String optimize = "";
    private String march = "";
    private List<String> classPath = List.of();
    private File folder = new File(".");
    private String name = "";

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        for (String target : targets.split(",")) {
            String word = target.strip();
            run(
                    MIRAGE,
                    List.of(
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
}
