// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Device;
import io.mirage4j.platform.unikernel.Network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The domain file of a guest, for `xl`. Devices have no names under Xen: the order is that of the
/// declaration. The guest reads the time stamp counter with what Xen says about it, so that need
/// not be emulated.
public final class XenDomain {
    public static String file(Guest guest) {
        Wiring wiring = guest.wiring();
        List<String> networks = new ArrayList<>();
        List<String> disks = new ArrayList<>();
        for (Device device : guest.declaration().devices()) {
            String name = device.name();
            switch (device) {
                case Network _ ->
                        networks.add(
                                "\"bridge="
                                        + wiring.networks().get(name)
                                        + (wiring.macs().containsKey(name)
                                                ? ",mac=" + wiring.macs().get(name)
                                                : "")
                                        + "\"");
                case Block _ ->
                        disks.add(
                                "\"format=raw,vdev=xvd%c,access=rw,target=%s\""
                                        .formatted(
                                                (char) ('a' + disks.size()),
                                                wiring.file(name).toAbsolutePath()));
            }
        }
        return """
               name = "%s"
               type = "pvh"
               kernel = "%s"
               cmdline = "%s"
               memory = %d
               vcpus = 1
               tsc_mode = "native"
               vif = [%s]
               disk = [%s]
               on_poweroff = "destroy"
               on_reboot = "destroy"
               on_crash = "destroy"
               """
                .formatted(
                        guest.declaration().name(),
                        guest.image().toAbsolutePath(),
                        escaped(String.join(" ", GuestWords.quoted(guest.words()))),
                        guest.megabytesInOnePiece(),
                        String.join(", ", networks),
                        String.join(", ", disks));
    }

    /// Starts the domain of `file` with its console on our own streams.
    public static List<String> command(Path file) {
        return List.of("xl", "create", "-c", file.toString());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private XenDomain() {}
}
