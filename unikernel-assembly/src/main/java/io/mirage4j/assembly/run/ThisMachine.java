// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.run;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Target;
import io.mirage4j.tender.Unikernel;

import java.nio.file.Files;
import java.util.Optional;

/// What is needed to run a guest, which is asked for before a minute is spent on making one.
public final class ThisMachine {
    /// What this machine lacks for guests of a target, and how to come by it; empty if they run.
    public static Optional<String> lacks(Target target) {
        return switch (target) {
            case HOST, SPT -> Optional.empty();
            case HVT -> Unikernel.unsupported();
            case VIRTIO ->
                    missing(
                            QemuCommand.PROGRAM,
                            "apt-get install qemu-system-x86, or --target spt");
            case XEN -> missing("xl", "run this in domain 0 of a Xen; --dry-run writes its files");
        };
    }

    /// The same for the tender of Solo5 itself.
    public static Optional<String> lacksStock(Target target) {
        return switch (target) {
            case SPT, HVT ->
                    missing(
                            TenderCommand.stockName(target),
                            "install Solo5, or leave out --tender");
            default -> Optional.of("no stock tender: Solo5 has one for spt and one for hvt");
        };
    }

    /// Throws unless the files behind the guest's disks are there.
    public static void requireFiles(Wiring wiring) {
        wiring.blocks()
                .forEach(
                        (device, file) -> {
                            if (!Files.exists(file)) {
                                throw new AssemblyException(
                                        "--block:%s=%s: no such file; make one, say by `truncate -s 16M %s`"
                                                .formatted(device, file, file));
                            }
                        });
    }

    private static Optional<String> missing(String program, String wayOut) {
        return TenderCommand.isOnPath(program)
                ? Optional.empty()
                : Optional.of("no " + program + " on the PATH: " + wayOut);
    }

    private ThisMachine() {}
}
