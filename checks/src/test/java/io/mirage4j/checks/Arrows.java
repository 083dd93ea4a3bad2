// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which module may use which: the arrows of ARCHITECTURE.md, the one table of them.
final class Arrows {
    private static final String PREFIX = "io.mirage4j.";

    private static final Set<String> NOTHING = Set.of();
    private static final Set<String> CORE = Set.of("platform", "cstruct", "uri");
    private static final Set<String> BOARD = Set.of("ring", "xenstore", "platform", "cstruct");

    /// Names without `io.mirage4j.`. Whoever is not here, and not below [#ANYTHING], may not be.
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    // leaves
                    Map.entry("cstruct", NOTHING),
                    Map.entry("cstruct.layout.processor", NOTHING),
                    Map.entry("uri", NOTHING),
                    Map.entry("regex", NOTHING),
                    Map.entry("cow", NOTHING),
                    Map.entry("ring", Set.of("cstruct")),
                    // contracts
                    Map.entry("platform", Set.of("cstruct")),
                    Map.entry("platform.host", Set.of("platform", "cstruct")),
                    // cores
                    Map.entry("tcpip", CORE),
                    Map.entry("dns", CORE),
                    Map.entry("http", CORE),
                    Map.entry("fat", CORE),
                    Map.entry("crunch", CORE),
                    Map.entry("xenstore", CORE),
                    // flows
                    Map.entry("vchan", BOARD),
                    // boards
                    Map.entry("solo5", BOARD),
                    Map.entry("netfront", BOARD),
                    Map.entry("blkfront", BOARD),
                    // for tests only
                    Map.entry("testing", NOTHING));

    /// These and what is below them use what they like, and nothing uses them.
    private static final Set<String> ANYTHING =
            Set.of("assembly", "tender", "benchmarks", "examples", "cstruct.layout.tests");

    private static final Pattern MODULE = Pattern.compile("\\bmodule\\s+([\\w.]+)\\s*\\{");
    private static final Pattern REQUIRES =
            Pattern.compile("\\brequires\\s+(?:(?:static|transitive)\\s+)*([\\w.]+)\\s*;");

    static List<String> faults(Path root) {
        List<String> faults = new ArrayList<>();
        for (Project project : Project.in(root)) {
            for (Path source : project.mainSources()) {
                if (source.endsWith("module-info.java")) {
                    check(root.relativize(source), JavaText.code(Tree.read(source)), faults);
                }
            }
        }
        return faults;
    }

    private static void check(Path file, String code, List<String> faults) {
        Matcher declaration = MODULE.matcher(code);
        if (!declaration.find() || !declaration.group(1).startsWith(PREFIX)) {
            faults.add(file + ": name the module " + PREFIX + "WORD, as its root package");
            return;
        }
        String module = declaration.group(1).substring(PREFIX.length());
        if (ANYTHING.stream().anyMatch(top -> isBelow(module, top))) return;
        Set<String> allowed = MAY_USE.get(module);
        if (allowed == null) {
            faults.add(
                    file
                            + ": the table in checks/Arrows.java does not know "
                            + module
                            + ": draw its arrows there and in ARCHITECTURE.md");
            return;
        }
        Set<String> used = new HashSet<>(required(code).toList());
        used.removeAll(allowed);
        used.stream()
                .sorted()
                .map(
                        other ->
                                "%s: %s may not use %s (only %s): put what both need into platform,"
                                                .formatted(file, module, other, allowed)
                                        + " or let a main join them")
                .forEach(faults::add);
    }

    private static Stream<String> required(String code) {
        return REQUIRES.matcher(code)
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()));
    }

    private static boolean isBelow(String module, String top) {
        return module.equals(top) || module.startsWith(top + ".");
    }

    private Arrows() {}
}
