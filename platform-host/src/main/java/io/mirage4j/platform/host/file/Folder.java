// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An open folder below a root that was reached through no link. Each step is taken from the folder
/// before, by what the kernel calls `openat`, where the JVM offers that; elsewhere by whole paths
/// that are looked at first.
final class Folder implements Closeable {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);

    private final Path path;
    private final DirectoryStream<Path> stream;

    private Folder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    /// Null if there is no such folder, or only beyond a link.
    @SuppressWarnings("StreamResourceLeak") // a folder closes its own
    static @Nullable Folder open(Path root, List<Path> segments) throws IOException {
        Folder folder = new Folder(root, Files.newDirectoryStream(root));
        for (Path segment : segments) {
            try (Folder parent = folder) {
                folder = parent.step(segment);
            } catch (NoSuchFileException | NotDirectoryException e) {
                return null;
            }
            if (folder == null) return null;
        }
        return folder;
    }

    @SuppressWarnings("StreamResourceLeak") // a folder closes its own
    private @Nullable Folder step(Path segment) throws IOException {
        if (!attributes(segment).isDirectory()) return null;
        Path next = path.resolve(segment);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new Folder(next, secure.newDirectoryStream(segment, NOFOLLOW_LINKS));
        }
        return new Folder(next, Files.newDirectoryStream(next));
    }

    /// The identity of a plain file in this folder; null if there is none.
    @Nullable Identity identityOf(Path name) throws IOException {
        try {
            return Identity.of(attributes(name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private BasicFileAttributes attributes(Path name) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .readAttributes();
        }
        return Files.readAttributes(
                path.resolve(name), BasicFileAttributes.class, new LinkOption[] {NOFOLLOW_LINKS});
    }

    FileChannel openFile(Path name) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure
                && secure.newByteChannel(name, READ) instanceof FileChannel channel) {
            return channel;
        }
        return FileChannel.open(path.resolve(name), READ);
    }

    /// As [Kv#list] gives them.
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Path entry : stream) {
                String name = entry.getFileName().toString();
                if (!Kv.isPath(name)) continue;
                try {
                    BasicFileAttributes attributes = attributes(entry.getFileName());
                    if (attributes.isDirectory()) {
                        names.add(name + "/");
                    } else if (attributes.isRegularFile()) {
                        names.add(name);
                    }
                } catch (NoSuchFileException e) {
                    // It went away meanwhile.
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return List.copyOf(names);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
