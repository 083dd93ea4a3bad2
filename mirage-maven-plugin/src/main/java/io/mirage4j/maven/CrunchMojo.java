// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.maven;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/// `mirage:crunch`: makes one blob of a directory, as a resource of the project.
public final class CrunchMojo extends CommandMojo {
    private static final String CRUNCH = "io.mirage4j.crunch.make.Main";

    private File content = new File(".");
    private String blob = "";
    private List<String> includes = List.of();
    private List<String> excludes = List.of();
    private File classes = new File(".");

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(List.of("-o", new File(classes, blob).getPath()));
        for (String glob : includes) words.addAll(List.of("--include", glob));
        for (String glob : excludes) words.addAll(List.of("--exclude", glob));
        words.add(content.getPath());
        run(CRUNCH, words);
    }
}
