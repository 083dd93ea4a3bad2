// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A piece of HTML with a head of `name: value` lines, up to the first empty one.
record Fragment(String name, Map<String, String> head, String html) {
    static Fragment read(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.indexOf("\n\n");
        if (end < 0) throw new IOException(file + " has no head: 'title: ...' and an empty line");
        Map<String, String> head = new LinkedHashMap<>();
        for (String line : text.substring(0, end).split("\n")) {
            int colon = line.indexOf(':');
            if (colon < 0) throw new IOException(file + ": no 'name: value' is '" + line + "'");
            head.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        String name = file.getFileName().toString().replaceFirst("\\.html$", "");
        return new Fragment(name, head, text.substring(end + 2));
    }

    /// @throws IllegalArgumentException if the head does not have it
    String get(String key) {
        String value = head.get(key);
        if (value == null) throw new IllegalArgumentException(name + " has no '" + key + ":'");
        return value;
    }
}
