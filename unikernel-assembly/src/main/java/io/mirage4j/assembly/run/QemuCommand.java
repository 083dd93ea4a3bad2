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
/// the order of the declaration, an exit status by way of the debug port.
public final class QemuCommand {
    private static final Path KVM = Path.of("/dev/kvm");

    public static List<String> of(Guest guest) {
        Wiring wiring = guest.wiring();
        var command = new ArrayList<String>();
        command.add("qemu-system-x86_64");
        command.addAll(
                Files.isWritable(KVM)
                        ? List.of("-accel", "kvm", "-accel", "tcg", "-cpu", "max")
                        : List.of("-accel", "tcg", "-cpu", "max"));
        command.addAll(
                List.of(
                        "-m",
                        wiring.memoryMegabytes() + "M",
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
                                    "virtio-net-pci,netdev=" + name + mac(wiring, name)));
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

    private static String mac(Wiring wiring, String name) {
        return wiring.macs().containsKey(name) ? ",mac=" + wiring.macs().get(name) : "";
    }

    private QemuCommand() {}
}
