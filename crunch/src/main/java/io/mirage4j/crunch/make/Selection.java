// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/// Which files are taken, by globs over their paths below the directory: those that one of the
/// includes matches (all, if there are none) and none of the excludes. `**` crosses folders.
public final class Selection {
    /// Everything.
    public static final Selection ALL = new Selection(List.of(), List.of());

    private final List<PathMatcher> includes;
    private final List<PathMatcher> excludes;

    /// A selection by globs.
    ///
    /// @throws java.util.regex.PatternSyntaxException if one is no glob
    public Selection(List<String> includes, List<String> excludes) {
        this.includes = matchers(includes);
        this.excludes = matchers(excludes);
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        return globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    boolean takes(Path relative) {
        return (includes.isEmpty() || anyMatches(includes, relative)) && !leavesOut(relative);
    }

    /// For folders too: what is below one that is left out is not looked at.
    boolean leavesOut(Path relative) {
        return anyMatches(excludes, relative);
    }

    private static boolean anyMatches(List<PathMatcher> matchers, Path relative) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
