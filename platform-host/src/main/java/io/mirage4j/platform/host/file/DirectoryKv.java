// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files below a directory. What is edited is seen at the next [#find]; a value that was found
/// before fails once its file is another one. Any thread may ask.
///
/// There is no way out of the directory: symbolic links name nothing, wherever they point, nor do
/// pipes, sockets and devices. Where the JVM has secure directory streams (Linux), that holds even
/// if somebody replaces a folder by a link while it is being asked for.
///
/// A file is also the content coded by gzip or Brotli of the one beside it whose name it has with
/// `.gz` or `.br` behind, unless it is the older of the two: then it is of another edit.
///
/// A change is told by size, time and identity of the file: an edit that keeps the size, within the
/// grain of the file system's clock, goes unnoticed.
public final class DirectoryKv implements Kv {
    /// Octets; longer names are an error to every usual file system, not a file that is missing.
    private static final int LONGEST_NAME = 255;

    /// Short files that are remembered, with their octets.
    private static final int KNOWN = 256;

    final Path root;
    final KeptFiles kept = new KeptFiles();

    /// Those found last; each is looked up again before it is found again.
    private final Map<String, FileValue> known =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, FileValue> eldest) {
                    return size() > KNOWN;
                }
            };

    private DirectoryKv(Path root) {
        this.root = root;
    }

    /// The files below `root`, which may be a link itself.
    ///
    /// @throws IOException if there is no such directory
    public static DirectoryKv open(Path root) throws IOException {
        Path real = root.toRealPath();
        if (!Files.isDirectory(real)) throw new NotDirectoryException(root.toString());
        return new DirectoryKv(real);
    }

    @Override
    public @Nullable Value find(String path) throws IOException {
        FileValue before;
        synchronized (known) {
            before = known.get(path);
        }
        if (before != null && before.isCurrent()) return before;
        FileValue found = look(path);
        synchronized (known) {
            if (found != null && found.isWorthKnowing()) {
                known.put(path, found);
            } else {
                known.remove(path);
            }
        }
        return found;
    }

    private @Nullable FileValue look(String path) throws IOException {
        List<Path> segments = segments(path);
        if (segments.isEmpty()) return null;
        try (Folder folder = Folder.open(root, segments.subList(0, segments.size() - 1))) {
            if (folder == null) return null;
            Identity identity = folder.identityOf(segments.getLast());
            return identity == null ? null : new FileValue(this, segments, identity);
        }
    }

    @Override
    public List<String> list(String path) throws IOException {
        List<Path> segments = segments(path);
        if (segments.isEmpty() && !path.isEmpty()) return List.of();
        try (Folder folder = Folder.open(root, segments)) {
            return folder == null ? List.of() : folder.names();
        }
    }

    /// None if `path` is no path, or can not be one in this file system.
    private List<Path> segments(String path) {
        if (!Kv.isPath(path)) return List.of();
        List<Path> segments = new ArrayList<>();
        try {
            for (int start = 0; start <= path.length(); ) {
                int slash = path.indexOf('/', start);
                int end = slash < 0 ? path.length() : slash;
                Path segment = root.getFileSystem().getPath(path.substring(start, end));
                // Another system may have separators and drives of its own.
                if (segment.getNameCount() != 1
                        || segment.isAbsolute()
                        || path.substring(start, end).getBytes(UTF_8).length > LONGEST_NAME) {
                    return List.of();
                }
                segments.add(segment);
                start = end + 1;
            }
        } catch (InvalidPathException e) {
            return List.of();
        }
        return segments;
    }
}
