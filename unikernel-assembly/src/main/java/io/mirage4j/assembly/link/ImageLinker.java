// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.link;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.CacheKey;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Folders;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.RelocatableObject;
import io.mirage4j.assembly.boot.BootLayer;
import io.mirage4j.assembly.elf.Elf;
import io.mirage4j.assembly.elf.LoadingRules;
import io.mirage4j.platform.unikernel.Declaration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes an image of an object: compiles the boot layer of the target, finds out what the object
/// calls and nobody has, and links it all.
public final class ImageLinker {
    private final ClassPath tool;
    private final Path cache;

    /// Links with what a class path offers.
    ///
    /// @param tool the class path that holds solo5-bindings
    /// @param cache the folder of the boot layers that were compiled
    public ImageLinker(ClassPath tool, Path cache) {
        this.tool = tool;
        this.cache = cache;
    }

    /// Whether an image can be made for it.
    public boolean canLink(Target target) {
        return BootLayer.isThereFor(target, tool);
    }

    /// Names all that an image is linked from: equal names, equal images.
    public String key(Declaration declaration, RelocatableObject object, Target target) {
        var key = new CacheKey();
        key.add(target.word() + " of " + object.folder().getFileName());
        key.add(GeneratedSources.image(declaration));
        String linker = ImageLinker.class.getName().replace('.', '/') + ".class";
        try {
            for (Path entry : List.of(BootLayer.source(tool), tool.entryWith(linker))) {
                key.addFiles(entry, any -> true);
            }
        } catch (IOException e) {
            throw new AssemblyException("can not read " + tool + ": " + e.getMessage(), e);
        }
        return key.name();
    }

    /// Throws unless all that linking takes is installed, which is asked before the builder works.
    public static void requireTools() {
        for (Tool tool : List.of(Tool.GCC, Tool.LD, Tool.STRIP)) {
            tool.run(Path.of("/"), List.of("--version"));
        }
        zlib();
    }

    /// Writes the image, and beside it one with `.symbols` behind its name that debuggers and
    /// `size` read.
    public void link(Declaration declaration, RelocatableObject object, Target target, Path image) {
        try {
            Path work = Files.createTempDirectory("mirage-link-");
            try {
                link(declaration, object, target, image, work);
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw new AssemblyException("can not link " + image + ": " + e, e);
        }
    }

    private void link(
            Declaration declaration, RelocatableObject object, Target target, Path image, Path work)
            throws IOException {
        BootLayer boot = BootLayer.unpack(tool, work.resolve("boot"));
        Path generated = Files.createDirectories(work.resolve("generated"));
        Path manifest = generated.resolve("image.c");
        Files.writeString(manifest, GeneratedSources.image(declaration));
        var compiler = new BootObjects(boot, target, cache);
        List<Path> objects = new ArrayList<>(compiler.layer());
        objects.addAll(compiler.compile(List.of(manifest), work));

        Path missing = generated.resolve("missing.c");
        Files.writeString(missing, GeneratedSources.missing(missing(object.file(), objects)));
        objects.addAll(compiler.compile(List.of(missing), work));

        Path script = generated.resolve("image.lds");
        var words = new ArrayList<>(boot.scriptOptions(target));
        words.addAll(List.of("-o", script.toString()));
        Tool.GCC.run(boot.folder(), words);

        var options = new ArrayList<>(boot.linkerOptions());
        options.add("-T");
        options.add(script.toString());
        objects.forEach(file -> options.add(file.toString()));
        options.add(object.file().toString());
        options.add(zlib());
        Path linked = work.resolve("image");
        options.add("-o");
        options.add(linked.toString());
        Tool.LD.run(work, options);
        Path stripped = work.resolve("stripped");
        Tool.STRIP.run(work, List.of("-o", stripped.toString(), linked.toString()));
        checkRules(Elf.read(stripped), target);
        Files.createDirectories(image.toAbsolutePath().getParent());
        // Whole or not at all: an image that runs keeps the file that it was started from.
        replace(linked, symbols(image));
        replace(stripped, image);
    }

    /// An image that no tender would start is not worth leaving.
    private static void checkRules(Elf image, Target target) {
        List<String> faults =
                switch (target) {
                    case SPT -> LoadingRules.faults(image, 2, 2, Long.MAX_VALUE);
                    case HVT -> LoadingRules.faults(image, 1, 2, Long.MAX_VALUE);
                    case VIRTIO -> LoadingRules.faults(image, 3, 1, Long.MAX_VALUE);
                    case XEN -> LoadingRules.faults(image, 6, 1, Long.MAX_VALUE);
                    case HOST -> List.of();
                };
        if (!faults.isEmpty()) {
            throw new AssemblyException(
                    "the boot layer of "
                            + target.word()
                            + " made an image that its tender refuses: "
                            + String.join("; ", faults));
        }
    }

    /// The image with its symbols.
    public static Path symbols(Path image) {
        return image.resolveSibling(image.getFileName() + ".symbols");
    }

    private static void replace(Path from, Path to) throws IOException {
        Path near = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, near, StandardCopyOption.REPLACE_EXISTING);
        Files.move(near, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What the object wants less what the compiled boot layer and zlib have.
    private static Set<String> missing(Path object, List<Path> boot) throws IOException {
        Set<String> defined = new HashSet<>();
        for (Path file : boot) {
            Elf.read(file).symbols().stream()
                    .filter(symbol -> symbol.isGlobal() && !symbol.isUndefined())
                    .forEach(symbol -> defined.add(symbol.name()));
        }
        Set<String> missing = new TreeSet<>();
        Elf.read(object).symbols().stream()
                .filter(symbol -> symbol.isUndefined() && !defined.contains(symbol.name()))
                .forEach(symbol -> missing.add(symbol.name()));
        missing.removeAll(Set.of("", "_end", "__svm_heap_load"));
        return missing;
    }

    private static String zlib() {
        String library = Tool.GCC.run(Path.of("/"), List.of("-print-file-name=libz.a"));
        if (!Path.of(library).isAbsolute()) {
            throw new AssemblyException(
                    "no static zlib (libz.a), which java.util.zip stands on: apt-get install"
                            + " zlib1g-dev");
        }
        return library;
    }
}
