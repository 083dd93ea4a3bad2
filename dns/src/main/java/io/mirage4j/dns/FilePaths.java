// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The paths of included files.
final class FilePaths {
    /// The path that `name` means in the file at `path`: beside it, or from the root if it begins
    /// with `/`. What leads above the root gives an empty path, which names nothing.
    static String beside(String path, Octets name) {
        String file = new String(name.array(), 0, name.length(), StandardCharsets.UTF_8);
        int folder = path.lastIndexOf('/');
        String whole =
                file.startsWith("/") || folder < 0 ? file : path.substring(0, folder + 1) + file;
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : whole.split("/")) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> {
                    if (segments.pollLast() == null) return "";
                }
                default -> segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    private FilePaths() {}
}
