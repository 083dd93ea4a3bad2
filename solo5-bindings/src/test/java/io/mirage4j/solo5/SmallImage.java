// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An image that has a few lines of C where the builder's object would be, so that it is there in a
/// moment. The boot layer of a target is compiled once.
///
/// @param declaration what an assembly generates: `IMAGE("name", DEVICES...)`
/// @param main the body of what is called in Java's place; what it returns is the exit status
/// @param prelude assembly that runs before the boot layer, as `begin`, and goes on to `entered`;
///   empty for none
record SmallImage(String target, String declaration, String main, String prelude) {
    private static final Map<String, List<Path>> LAYERS = new ConcurrentHashMap<>();

    private static final String OBJECT =
            """
            #include <stdint.h>
            #include <stdlib.h>
            #include "board.h"
            #include "boot.h"
            #include "console.h"
            #include "pages.h"
            #include "threads.h"
            __attribute__((section(".svm_heap"))) char heap[8192] = {1};
            int graal_create_isolate(const void *p, void **i, void **t) { (void)p; *i = *t = heap; return 0; }
            void mirage_trap(void *i, uint64_t sp, uint64_t ip) { (void)i, (void)sp, (void)ip; }
            extern char image_text_start[], image_end[];
            __attribute__((noinline)) int deeper(volatile char *above) {
                volatile char here[512];
                here[0] = *above;
                return *above == 2 ? 0 : deeper(here) + here[0];
            }
            static void *overflow(void *above) { return (void *)(uintptr_t)deeper(above); }
            static void *nothing(void *argument) { return argument; }
            int mirage_main(void *thread) {
                (void)thread, (void)overflow, (void)nothing;
                %s
            }
            """;

    private static final String MISSING =
            """
            #include "missing.h"
            MISSING_NATIVE(Java_sun_nio_ch_Net_socket0)
            MISSING_FUNCTION(fdopen)
            """;

    SmallImage(String target, String declaration, String main) {
        this(target, declaration, main, "");
    }

    /// Entered in 32-bit mode by a loader, and not in 64-bit mode by a tender.
    private boolean isLoaded() {
        return target.equals("virtio") || target.equals("xen");
    }

    void link(Path image) {
        try {
            Path folder = Files.createTempDirectory(image.getParent(), "small");
            List<Path> objects = new ArrayList<>(LAYERS.computeIfAbsent(target, SmallImage::layer));
            objects.add(compile(folder, "image.c", "#include \"manifest.h\"\n" + declaration));
            objects.add(compile(folder, "missing.c", MISSING));
            objects.add(compile(folder, "object.c", OBJECT.formatted(main)));
            List<String> words = List.of();
            if (!prelude.isEmpty()) {
                String code = isLoaded() ? ".code32\n.globl __wrap_pvh_entry\n" : ".globl begin\n";
                String label = isLoaded() ? "__wrap_pvh_entry:\n" : "begin:\n";
                String entered = isLoaded() ? "\njmp __real_pvh_entry\n" : "\njmp _start\n";
                objects.add(compile(folder, "prelude.S", code + label + prelude + entered));
                words = isLoaded() ? List.of("--wrap=pvh_entry") : List.of("-e", "begin");
            }
            Boot.link(objects, target, image, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path compile(Path folder, String name, String text) throws IOException {
        return Boot.compile(Files.writeString(folder.resolve(name), text), target, folder);
    }

    private static List<Path> layer(String target) {
        try {
            Path folder = Files.createTempDirectory("boot-" + target);
            folder.toFile().deleteOnExit();
            List<Path> objects =
                    Boot.sourcesOf(target).parallelStream()
                            .map(source -> Boot.compile(source, target, folder))
                            .toList();
            objects.forEach(object -> object.toFile().deleteOnExit());
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
