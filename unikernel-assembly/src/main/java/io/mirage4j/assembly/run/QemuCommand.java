// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that starts a guest under QEMU: serial console on our own streams, devices on PCI in
/// the order of the declaration, an exit status by way of the debug port. With KVM where the
/// processor's own virtualization is behind it, emulated elsewhere.
public final class QemuCommand {
    public static final String PROGRAM = "qemu-system-x86_64";

    private static final Path KVM = Path.of("/dev/kvm");
    private static final List<Path> IN_HARDWARE =
            List.of(Path.of("/sys/module/kvm_intel"), Path.of("/sys/module/kvm_amd"));

    private static final int ABORTED = 255;

    public static List<String> of(Guest guest) {
        Wiring wiring = guest.wiring();
        var command = new ArrayList<String>();
        command.add(PROGRAM);
        command.addAll(List.of("-accel", hasKvm() ? "kvm" : "tcg", "-cpu", "max"));
        command.addAll(
                List.of(
                        "-m",
                        guest.megabytesInOnePiece() + "M",
                        "-nodefaults",
                        "-no-reboot",
                        "-display",
                        "none",
                        "-serial",
                        "stdio",
                        "-device",
                        "isa-debug-exit,iobase=0x501,iosize=2",
                        "-kernel",
                        guest.image().toString(),
                        "-append",
                        String.join(" ", GuestWords.quoted(guest.words()))));
        for (Device device : guest.declaration().devices()) {
            String name = device.name();
            switch (device) {
                case Network _ -> {
                    command.addAll(
                            List.of(
                                    "-netdev",
                                    "tap,id=%s,ifname=%s,script=no,downscript=no"
                                            .formatted(name, wiring.networks().get(name)),
                                    "-device",
                                    "virtio-net-pci,romfile=,netdev=" + name + mac(wiring, name)));
                }
                case Block _ -> {
                    command.addAll(
                            List.of(
                                    "-drive",
                                    "if=none,format=raw,id=%s,file=%s"
                                            .formatted(name, wiring.blocks().get(name)),
                                    "-device",
                                    "virtio-blk-pci,drive=" + name));
                }
            }
        }
        return command;
    }

    /// The exit status of the guest, from that of QEMU: `2 n + 1` is the guest's `n`, of which the
    /// lowest seven bits come through; 255 is a guest that gave up.
    public static int guestStatus(int status) {
        return status == ABORTED || (status & 1) == 0 ? status : status >> 1;
    }

    /// Not every /dev/kvm runs the firmware that QEMU brings.
    private static boolean hasKvm() {
        return Files.isWritable(KVM) && IN_HARDWARE.stream().anyMatch(Files::exists);
    }

    private static String mac(Wiring wiring, String name) {
        return wiring.macs().containsKey(name) ? ",mac=" + wiring.macs().get(name) : "";
    }

    private QemuCommand() {}
}
