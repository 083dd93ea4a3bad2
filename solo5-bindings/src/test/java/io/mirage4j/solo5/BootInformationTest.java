// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// A tender or loader that says what can not be is told so, on each target, before anything relies
/// on it. The lie is a few instructions in front of the boot layer.
class BootInformationTest {
    private static final int ABORTED = 255;
    private static final int MULTIBOOT_MAGIC = 0x1badb002;

    private static final String IMAGE = "IMAGE(\"lied-to\")";
    private static final String STARTED = "print(\"started\\n\"); return 0;";

    private static final String NO_INFORMATION = "the loader gave no boot information";
    private static final String NO_MEMORY = "no memory is left behind the image";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"spt", "hvt", "virtio"})
    void whatIsTrueIsBelieved(String target) throws Exception {
        SmallGuest guest = run(target, "nop");
        assertThat(guest.output()).isEqualToIgnoringNewLines("started");
        assertThat(guest.status()).isZero();
    }

    /// Offsets are those of the boot information, in rdi (ABI.md, 4 and 5). In ring 0 the page that
    /// it is in can be written once CR0.WP is off.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spt | movq $0, 0(%rdi)                         | memory does not end
                    spt | movq $-1, 0(%rdi)                        | memory does not end
                    spt | movq $0x1000000000, %rax; mov %rax, 0(%rdi) | memory does not end
                    spt | movq $0x100000, 0(%rdi)                  | memory does not end
                    spt | movq $0, 16(%rdi)                        | the command line has no end
                    spt | movq $-1, 16(%rdi)                       | the command line has no end
                    spt | movq $0xffff0, 16(%rdi)                  | the command line has no end
                    spt | mov 16(%rdi), %rdx; mov $8192, %ecx; 1: movb $97, (%rdx); inc %rdx; loop 1b | the command line has no end
                    spt | movq $0, 24(%rdi)                        | the manifest is not that
                    spt | movq $0xfffff, 24(%rdi)                  | the manifest is not that
                    spt | mov 24(%rdi), %rdx; movl $2, 0(%rdx)     | the manifest is not that
                    spt | mov 24(%rdi), %rdx; movl $65, 4(%rdx)    | the manifest is not that
                    spt | mov 24(%rdi), %rdx; movl $1, 76(%rdx)    | the manifest is not that
                    hvt | movq $0, 0(%rdi)                         | memory does not end
                    hvt | movq $0x200000000, %rax; mov %rax, 0(%rdi) | more than 4 GB
                    hvt | movq $0x800000, 0(%rdi)                  | memory does not end
                    hvt | movq $0, 16(%rdi)                        | a clock without ticks
                    hvt | movq $-8, 24(%rdi)                       | the command line has no end
                    hvt | mov 24(%rdi), %rdx; mov $8192, %ecx; 1: movb $97, (%rdx); inc %rdx; loop 1b | the command line has no end
                    hvt | movq $0x1000, 32(%rdi)                   | the manifest is not that
                    hvt | mov 32(%rdi), %rdx; movl $0, 4(%rdx)     | the manifest is not that
                    hvt | movl $1, 40(%rdi)                        | the network ring is not behind
                    hvt | movl $1, 40(%rdi); movq $-4096, 48(%rdi) | the network ring is not behind
                    """)
    void aTenderThatLiesIsTold(String target, String lie, String fault) throws Exception {
        String writable = "mov %cr0, %rax; btr $16, %rax; mov %rax, %cr0; ";
        SmallGuest guest = run(target, target.equals("hvt") ? writable + lie : lie);
        assertThat(guest.output()).contains("lied-to: boot information: ", fault);
        assertThat(guest.output()).doesNotContain("started");
        assertThat(guest.status()).isEqualTo(ABORTED);
    }

    /// What multiboot hands over is in eax and ebx.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    movl $0, (%ebx)           | NO_MEMORY
                    movl $0, 8(%ebx)          | NO_MEMORY
                    movl $1, 8(%ebx)          | NO_MEMORY
                    mov $7, %eax              | NO_INFORMATION
                    xor %eax, %eax; xor %ebx, %ebx | NO_INFORMATION
                    movl $0xffffffff, 16(%ebx) | started
                    movl $0, 16(%ebx)         | started
                    """)
    void aMultibootLoaderThatLiesIsTold(String lie, String outcome) throws Exception {
        check(run("virtio", lie), outcome);
    }

    /// PVH's start information is at ebx (xen/FACTS.md, 10): 0 magic, 4 version, 24 command line,
    /// 40 memory map, 48 its ranges.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nop                        | started
                    movl $0, (%ebx)            | NO_INFORMATION
                    mov $0xfffffff0, %ebx      | NO_INFORMATION
                    movl $1, 44(%ebx)          | NO_INFORMATION
                    movl $0xffffffff, 48(%ebx) | NO_INFORMATION
                    movl $0xfffffff8, 40(%ebx) | NO_INFORMATION
                    movl $0, 4(%ebx)           | NO_MEMORY
                    movl $0, 48(%ebx)          | NO_MEMORY
                    movl $1, 28(%ebx)          | started
                    movl $0xffffffff, 24(%ebx) | started
                    """)
    void aPvhLoaderThatLiesIsTold(String lie, String outcome) throws Exception {
        Path image = image("virtio", lie);
        byte[] file = Files.readAllBytes(image);
        ByteBuffer octets = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (octets.getInt(at) != MULTIBOOT_MAGIC) {
            at += 4;
        }
        octets.putInt(at, 0); // so that QEMU goes by PVH's note
        check(SmallGuest.run("virtio", Files.write(image, file)), outcome);
    }

    private static void check(SmallGuest guest, String outcome) {
        String said =
                switch (outcome) {
                    case "NO_INFORMATION" -> NO_INFORMATION;
                    case "NO_MEMORY" -> NO_MEMORY;
                    default -> outcome;
                };
        assertThat(guest.output()).contains(said);
        assertThat(guest.status()).isEqualTo(said.equals("started") ? 0 : ABORTED);
    }

    @Test
    void theCommandLineArrivesWithoutTheFileOfTheImage() throws Exception {
        Path image = folder.resolve("words");
        new SmallImage("virtio", IMAGE, "print(boot_board()->command_line); return 0;").link(image);
        assertThat(SmallGuest.run("virtio", image).output().strip()).isEqualTo("words");
    }

    private SmallGuest run(String target, String lie) throws Exception {
        return SmallGuest.run(target, image(target, lie));
    }

    private Path image(String target, String lie) {
        Path image = folder.resolve("lied-to." + target);
        new SmallImage(target, IMAGE, STARTED, lie.replace("; ", "\n")).link(image);
        return image;
    }
}
