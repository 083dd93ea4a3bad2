// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/// What the page map of a target with ring 0 forbids, and what is said when it happens.
class ProtectionTest {
    private static final int ABORTED = 255;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hvt    | volatile uintptr_t at = 8; return *(int *)at;      | reading 0x0000000000000008 (null pointer)
                    hvt    | *(volatile char *)image_text_start = 1; return 0; | writing 0x0000000000100000
                    hvt    | ((void (*)(void))heap)(); return 0;               | executing
                    hvt    | ((void (*)(void))pages_take(1))(); return 0;      | executing
                    hvt    | return deeper(heap);                              | (below the stack)
                    virtio | volatile uintptr_t at = 8; return *(int *)at;      | reading 0x0000000000000008 (null pointer)
                    virtio | *(volatile char *)image_text_start = 1; return 0; | writing 0x0000000000100000
                    virtio | ((void (*)(void))heap)(); return 0;               | executing
                    virtio | ((void (*)(void))pages_take(1))(); return 0;      | executing
                    virtio | return deeper(heap);                              | (below the stack)
                    """)
    void isTrappedAndTold(String target, String code, String said) throws Exception {
        SmallGuest guest = run(target, code);
        assertThat(guest.output()).contains("small: page fault, ", said);
        assertThat(guest.status()).isEqualTo(ABORTED);
    }

    /// Each has a page below it that nobody has, as the first thread.
    @ParameterizedTest
    @CsvSource({"hvt", "virtio"})
    void aThreadThatRecursesForEverIsTrapped(String target) throws Exception {
        String code =
                """
                thread_create(overflow, heap, 1 << 17, false);
                thread_yield();
                return 0;
                """;
        SmallGuest guest = run(target, code);
        assertThat(guest.output()).contains("small: page fault, writing", "(below the stack)");
        assertThat(guest.status()).isEqualTo(ABORTED);
    }

    /// Guards come and go with their threads; the page is memory again.
    @ParameterizedTest
    @CsvSource({"spt", "hvt", "virtio"})
    void threadsThatEndGiveTheirPagesBack(String target) throws Exception {
        String code =
                """
                size_t before = pages_counted().other;
                for (int i = 0; i < 200; i++) {
                    struct thread *threads[8];
                    for (int k = 0; k < 8; k++) {
                        threads[k] = thread_create(nothing, 0, 1 << 16, false);
                    }
                    for (int k = 0; k < 8; k++) {
                        while (!threads[k]->finished) {
                            thread_yield();
                        }
                        thread_destroy(threads[k]);
                    }
                }
                size_t grown = pages_counted().other - before;
                char *all = pages_take(512);
                for (size_t i = 0; i < 512 * PAGE_OCTETS; i++) {
                    grown += (size_t)all[i];
                }
                print(grown <= 8 ? "given back\\n" : "lost\\n");
                return 0;
                """;
        SmallGuest guest = run(target, code);
        assertThat(guest.output()).contains("given back");
        assertThat(guest.status()).isZero();
    }

    private SmallGuest run(String target, String code) throws Exception {
        Path image = folder.resolve("small." + target);
        new SmallImage(target, "IMAGE(\"small\")", code).link(image);
        return SmallGuest.run(target, image);
    }
}
