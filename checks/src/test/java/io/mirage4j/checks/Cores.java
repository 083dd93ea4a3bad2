// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packages of a core do no I/O, start no thread and read no clock: they are told.
final class Cores {
    private static final String PREFIX = "io.mirage4j.";

    /// Packages, with all below them, that are driven from outside.
    private static final List<String> SANS_IO =
            List.of(
                    "platform",
                    "uri",
                    "regex",
                    "cow",
                    "tcpip",
                    "dns",
                    "http",
                    "fat",
                    "crunch",
                    "xenstore");

    /// Packages below them, with all below those, that are the direct-style edge of one.
    private static final List<String> EDGES =
            List.of(
                    "platform.connect",
                    "platform.host",
                    "platform.memory",
                    "dns.host",
                    "tcpip.socket",
                    "tcpip.unikernel",
                    "http.client",
                    "http.server",
                    "crunch.load",
                    "crunch.make");

    private static final Pattern PACKAGE = Pattern.compile("\\bpackage\\s+([\\w.]+)\\s*;");
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "\\bjava\\.net\\b|\\bjava\\.nio\\.(?:file|channels)\\b|\\bThread\\b"
                            + "|\\bSystem\\s*\\.\\s*(?:nanoTime|currentTimeMillis)\\b");

    static List<String> faults(Path root) {
        List<String> faults = new ArrayList<>();
        for (Project project : Project.in(root)) {
            for (Path source : project.mainSources()) {
                check(root.relativize(source), JavaText.code(Tree.read(source)), faults);
            }
        }
        return faults;
    }

    private static void check(Path file, String code, List<String> faults) {
        Matcher declaration = PACKAGE.matcher(code);
        if (!declaration.find() || !isSansIo(declaration.group(1))) return;
        FORBIDDEN
                .matcher(code)
                .results()
                .map(match -> match.group())
                .distinct()
                .map(
                        word ->
                                file
                                        + ": a core does without "
                                        + word
                                        + ": take a contract of platform, or move this to an edge"
                                        + " (a package of its own, in the table of"
                                        + " checks/Cores.java)")
                .forEach(faults::add);
    }

    private static boolean isSansIo(String name) {
        return isBelowOne(name, SANS_IO) && !isBelowOne(name, EDGES);
    }

    private static boolean isBelowOne(String name, List<String> tops) {
        return tops.stream()
                .map(PREFIX::concat)
                .anyMatch(top -> name.equals(top) || name.startsWith(top + "."));
    }

    private Cores() {}
}
