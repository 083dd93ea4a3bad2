// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.crunch.make;

import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files below directories, in the order of their paths, and all that is wrong with them.
final class Tree {
    private final Selection selection;

    /// Files that are made, and so not taken.
    private final List<Path> made;

    private final TreeMap<String, SourceFile> files = new TreeMap<>();

    /// By folded path: the path that came first, of a file or a folder.
    private final Map<String, String> seen = new HashMap<>();

    private final List<String> faults = new ArrayList<>();

    private Tree(Selection selection, List<Path> made) {
        this.selection = selection;
        this.made = made;
    }

    /// @throws CrunchException with each name that can not be taken
    static List<SourceFile> of(List<Path> directories, Selection selection, List<Path> made)
            throws CrunchException {
        Tree tree = new Tree(selection, made);
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                tree.walk(directory, directory, "");
            } else {
                tree.faults.add(directory + " is no directory");
            }
        }
        if (!tree.faults.isEmpty()) throw new CrunchException(tree.faults);
        return List.copyOf(tree.files.values());
    }

    private void walk(Path root, Path folder, String prefix) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path file : stream) {
                visit(root, file, prefix);
            }
        } catch (IOException | DirectoryIteratorException e) {
            faults.add(folder + " can not be read: " + e);
        }
    }

    private void visit(Path root, Path file, String prefix) throws IOException {
        if (selection.leavesOut(root.relativize(file)) || isMade(file)) return;
        String name = FileName.of(file);
        if (name == null) {
            faults.add(file + " has a name that is not UTF-8: rename or exclude it");
            return;
        }
        String path = prefix + name;
        var attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            if (isNew(path, file, true)) {
                walk(root, file, path + "/");
            }
        } else if (!selection.takes(root.relativize(file))) {
            return;
        } else if (attributes.isRegularFile()) {
            add(path, file, attributes);
        } else {
            String kind = attributes.isSymbolicLink() ? "a link" : "neither file nor directory";
            faults.add(file + " is " + kind + ": put a file in its place or exclude it");
        }
    }

    /// By what the system says, since a directory has more than one path.
    private boolean isMade(Path file) throws IOException {
        for (Path one : made) {
            if (one.getFileName().equals(file.getFileName())
                    && Files.exists(one)
                    && Files.isSameFile(one, file)) {
                return true;
            }
        }
        return false;
    }

    private void add(String path, Path file, BasicFileAttributes attributes) {
        if (!Kv.isPath(path)) {
            faults.add(file + " has a name that no path can have: rename or exclude it");
        } else if (isNew(path, file, false)) {
            files.put(
                    path,
                    new SourceFile(
                            path,
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
        }
    }

    /// A folder may come again, from another directory.
    private boolean isNew(String path, Path file, boolean isFolder) {
        String mark = isFolder ? path + "/" : path;
        String before = seen.putIfAbsent(FileName.folded(path), mark);
        String fault = before == null ? null : clash(before, mark);
        if (fault != null) {
            faults.add(file + fault);
        }
        return fault == null;
    }

    private static @Nullable String clash(String before, String mark) {
        if (mark.equals(before + "/")) {
            return " is a folder where another of the directories has a file: rename one";
        }
        if (before.equals(mark + "/")) {
            return " is a file where another of the directories has a folder: rename one";
        }
        if (FileName.composed(before).equals(FileName.composed(mark)) && !before.equals(mark)) {
            return " ('%s') differs from '%s' only by normalisation: rename one"
                    .formatted(FileName.escaped(mark), FileName.escaped(before));
        }
        if (!before.equals(mark)) {
            return " differs from '" + before + "' only by case or normalisation: rename one";
        }
        return mark.endsWith("/") ? null : " is in two of the directories: remove one";
    }
}
