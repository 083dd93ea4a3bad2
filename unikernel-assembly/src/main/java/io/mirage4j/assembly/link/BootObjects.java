// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.CacheKey;
import io.mirage4j.assembly.Folders;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.boot.BootLayer;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The C of an image as objects. The boot layer is the same in every program, and its common part
/// in targets of the same flags: both are kept in the cache, so that only what was generated for
/// one image is left to gcc.
final class BootObjects {
    private static final int KEPT = 12;

    private final BootLayer boot;
    private final Target target;
    private final Path cache;

    /// @param cache the folder of what was compiled before
    BootObjects(BootLayer boot, Target target, Path cache) {
        this.boot = boot;
        this.target = target;
        this.cache = cache;
    }

    /// Those of the common part and of the target.
    List<Path> layer() throws IOException {
        List<Path> objects = new ArrayList<>(kept(BootLayer.COMMON));
        objects.addAll(kept(target.word()));
        return objects;
    }

    private List<Path> kept(String part) throws IOException {
        List<Path> sources = boot.sources(part);
        Path folder = cache.resolve(key(part));
        if (Files.isDirectory(folder)) {
            Folders.touch(folder);
        } else {
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "compiling-");
            try {
                compile(part, sources, work);
                move(work, folder);
            } finally {
                Folders.delete(work);
            }
            Folders.keepNewest(cache, KEPT);
        }
        return objects(sources, folder);
    }

    /// Whoever compiled the same at the same time may have been faster.
    private static void move(Path work, Path folder) throws IOException {
        try {
            Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Folders.touch(folder);
        }
    }

    /// The compiler's version stands for the headers of the system.
    private String key(String part) throws IOException {
        var key = new CacheKey();
        key.add(Tool.GCC.run(boot.folder(), List.of("--version")));
        key.add(String.join(" ", boot.flags(target)));
        for (String folder : boot.headerFolders(part)) {
            key.addFiles(boot.folder().resolve(folder), _ -> true);
        }
        return key.name();
    }

    /// Compiles sources that were generated for one image, into `folder`.
    List<Path> compile(List<Path> sources, Path folder) {
        compile(target.word(), sources, folder);
        return objects(sources, folder);
    }

    private void compile(String part, List<Path> sources, Path folder) {
        try (var workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<String>> running = new ArrayList<>();
            for (Path source : sources) {
                var options = new ArrayList<>(boot.compilerOptions(target, source));
                boot.headerFolders(part).forEach(headers -> options.add("-I" + headers));
                options.addAll(List.of("-c", source.toString()));
                options.addAll(List.of("-o", object(source, folder).toString()));
                running.add(workers.submit(() -> Tool.GCC.run(boot.folder(), options)));
            }
            for (Future<String> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssemblyException failure) throw failure;
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssemblyException("the link was interrupted", e);
        }
    }

    private static List<Path> objects(List<Path> sources, Path folder) {
        return sources.stream().map(source -> object(source, folder)).toList();
    }

    private static Path object(Path source, Path folder) {
        return folder.resolve(source.getFileName() + ".o");
    }
}
