// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.run.Guest;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is QEMU's alone: two ways to be booted, devices as it makes them, too little memory.
@Tag("image")
class VirtioImageTest {
    private static final int MULTIBOOT_MAGIC = 0x1badb002;

    @TempDir Path folder;

    @BeforeAll
    static void needsQemu() {
        Peers.require(QemuCommand.PROGRAM);
    }

    private static Start start(Path image, List<String> more, String words, String... wires)
            throws IOException {
        var guest =
                new Guest(
                        Images.declaration(),
                        Target.VIRTIO,
                        image,
                        Wiring.take(new ArrayList<>(List.of(wires))),
                        List.of(words));
        List<String> command = new ArrayList<>(QemuCommand.of(guest));
        command.addAll(more);
        Start start = Start.end(new ProcessBuilder(command).redirectErrorStream(true).start());
        return new Start(QemuCommand.guestStatus(start.status()), start.output());
    }

    /// QEMU prefers multiboot; without a header of it, it finds PVH's note.
    @Test
    void withoutAMultibootHeaderItIsBootedByPvh() throws IOException {
        byte[] image = Files.readAllBytes(Images.with(Target.VIRTIO).file());
        ByteBuffer octets = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (octets.getInt(at) != MULTIBOOT_MAGIC) {
            at += 4;
        }
        assertThat(at).as("loaders look no further").isLessThan(8192);
        octets.putInt(at, 0);
        Path changed = Files.write(folder.resolve("pvh"), image);
        Start start = start(changed, List.of(), "--command=times", "--mem=64");
        assertThat(start.output()).contains("times: slept ");
        assertThat(start.status()).isZero();
    }

    @Test
    void aMachineWithoutTheDeviceIsTold() throws IOException {
        Path image = Images.with(Target.VIRTIO, Devices.STORAGE).file();
        Start start = start(image, List.of(), "--command=block");
        assertThat(start.output())
                .contains("storage is block device 1 of the manifest, and the machine has 0");
        assertThat(start.status()).isEqualTo(1);
    }

    @Test
    void blocksOfAnotherSizeAreTheDevices() throws IOException {
        Path disk = Files.write(folder.resolve("disk"), new byte[64 * 4096]);
        Path image = Images.with(Target.VIRTIO, Devices.STORAGE).file();
        List<String> drive =
                List.of(
                        "-drive",
                        "if=none,format=raw,id=d,file=" + disk,
                        "-device",
                        "virtio-blk-pci,drive=d,disable-legacy=on,logical_block_size=4096,"
                                + "physical_block_size=4096");
        Start start = start(image, drive, "--command=block");
        assertThat(start.output()).contains(" of 64 sectors of 4096 ok");
        assertThat(start.status()).isZero();
    }

    @Test
    void tooLittleMemoryIsTold() throws IOException {
        Path image = Images.with(Target.VIRTIO).file();
        long imageEnd = (Files.size(image) >> 20) + 1; // in MB, loaded at the first
        for (long memory = imageEnd + 1; memory <= imageEnd + 2; memory++) {
            Start start = start(image, List.of(), "--command=times", "--mem=" + memory);
            assertThat(start.output()).contains("give the guest more");
            assertThat(start.status()).isEqualTo(255);
        }
    }
}
