// SPDX-License-Identifier: Apache-2.0

package io.mirage4j.uri;

/// The segments `.` and `..` of paths.
final class DotSegments {
    /// `remove_dot_segments` of RFC 3986, 5.2.4, to the letter. Linear: a character is appended
    /// once and taken back at most once.
    static String remove(String path) {
        if (!mayHaveAny(path)) return path;
        var out = new StringBuilder(path.length());
        int length = path.length();
        int i = 0;
        while (i < length) {
            int end = segmentEnd(path, path.charAt(i) == '/' ? i + 1 : i);
            if (path.charAt(i) != '/') { // the first segment of a rootless path
                if (!isDots(path, i, end)) {
                    out.append(path, i, end);
                }
                // Of "../x" and "./x" the RFC drops the slash too.
                i = isDots(path, i, end) ? Math.min(end + 1, length) : end;
                continue;
            }
            if (isDots(path, i + 1, end)) {
                if (end - i == 3) {
                    removeLast(out);
                }
                if (end == length) {
                    out.append('/');
                }
            } else {
                out.append(path, i, end);
            }
            i = end;
        }
        return out.toString();
    }

    /// Removes the dot segments of a rootless path relative to an unknown base: those at its
    /// beginning that lead upwards stay. Against a base with an absolute path it means the same as
    /// before.
    static String removeFromRelative(String path) {
        if (!mayHaveAny(path)) return path;
        var out = new StringBuilder(path.length());
        int floor = 0; // the length of the leading "../../"
        int length = path.length();
        for (int i = 0; i < length; ) {
            int end = segmentEnd(path, i);
            boolean last = end == length;
            if (!isDots(path, i, end)) {
                out.append(path, i, last ? end : end + 1);
            } else if (end - i == 2) {
                if (out.length() > floor) {
                    removeLastRelative(out, floor);
                } else {
                    out.append("../");
                    floor = out.length();
                }
            }
            i = end + 1;
        }
        if (out.isEmpty()) return "./";
        // An empty first segment would make the path absolute.
        return out.charAt(0) == '/' ? out.insert(0, "./").toString() : out.toString();
    }

    /// Whether the first segment has a colon in it, so that what is before it would be read as a
    /// scheme.
    static boolean looksLikeScheme(String path) {
        int colon = path.indexOf(':');
        return colon >= 0 && path.lastIndexOf('/', colon) < 0;
    }

    private static boolean mayHaveAny(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    /// The end of the segment that begins at `from`.
    private static int segmentEnd(String path, int from) {
        int end = path.indexOf('/', from);
        return end < 0 ? path.length() : end;
    }

    private static boolean isDots(String path, int from, int to) {
        return switch (to - from) {
            case 1 -> path.charAt(from) == '.';
            case 2 -> path.charAt(from) == '.' && path.charAt(from + 1) == '.';
            default -> false;
        };
    }

    private static void removeLast(StringBuilder out) {
        out.setLength(Math.max(0, out.lastIndexOf("/")));
    }

    /// Takes back one segment with the slash behind it.
    private static void removeLastRelative(StringBuilder out, int floor) {
        int slash = out.lastIndexOf("/", out.length() - 2);
        out.setLength(Math.max(floor, slash + 1));
    }

    private DotSegments() {}
}
