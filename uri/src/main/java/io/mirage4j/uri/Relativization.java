// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

import java.util.Optional;

/// Finds a reference that leads from one URI to another, the inverse of [Resolution].
final class Relativization {
    private static final Optional<String> NONE = Optional.empty();

    /// Tries the forms of a reference, shortest first. Which of them work depends on dot segments,
    /// empty segments and more, so each is tried by resolving it.
    static Uri relativize(Uri base, Uri target) {
        if (base.isRelative()
                || !base.scheme().equals(target.scheme())
                || !base.authority().equals(target.authority())) {
            return target;
        }
        Uri[] candidates = {
            reference("", NONE, target.fragment()),
            reference("", target.query(), target.fragment()),
            reference(relativePath(base.path(), target.path()), target.query(), target.fragment()),
            reference(target.path(), target.query(), target.fragment()),
            Resolution.compose(
                    NONE, target.authority(), target.path(), target.query(), target.fragment())
        };
        for (Uri candidate : candidates) {
            if (base.resolve(candidate).equals(target)) return candidate;
        }
        return target;
    }

    private static Uri reference(String path, Optional<String> query, Optional<String> fragment) {
        return Resolution.compose(NONE, NONE, path, query, fragment);
    }

    /// Up from the last slash of `from` to the last one that both have, then down to `to`.
    private static String relativePath(String from, String to) {
        int common = 0; // behind the last slash that both have
        int limit = Math.min(from.length(), to.length());
        for (int i = 0; i < limit && from.charAt(i) == to.charAt(i); i++) {
            if (from.charAt(i) == '/') {
                common = i + 1;
            }
        }
        var path = new StringBuilder();
        for (int i = common; i < from.length(); i++) {
            if (from.charAt(i) == '/') {
                path.append("../");
            }
        }
        if (path.isEmpty() && (common == to.length() || to.charAt(common) == '/')) {
            path.append("./");
        }
        return path.append(to, common, to.length()).toString();
    }

    private Relativization() {}
}
