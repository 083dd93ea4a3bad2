// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.TenderCommand;
import io.mirage4j.testing.Peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The tenders that this machine can run, ours and those on the PATH, and QEMU. What is left out is
/// told in one line.
final class Tenders {
    static final List<Start.Tender> HERE = here();

    private static List<Start.Tender> here() {
        List<Start.Tender> found = new ArrayList<>();
        for (Target target : List.of(Target.SPT, Target.HVT)) {
            if (target == Target.HVT && !Files.isWritable(Path.of("/dev/kvm"))) {
                Peers.missingHardware("images under hvt need /dev/kvm");
                continue;
            }
            found.add(
                    new Start.Tender(
                            "our " + target.word(),
                            target,
                            guest -> TenderCommand.ours(guest, ClassPath.ofThisProgram())));
            if (TenderCommand.isOnPath("solo5-" + target.word())) {
                found.add(new Start.Tender("stock " + target.word(), target, TenderCommand::stock));
            }
        }
        if (Peers.isHere(QemuCommand.PROGRAM)) {
            found.add(new Start.Tender("QEMU", Target.VIRTIO, QemuCommand::of));
        }
        return found;
    }

    private Tenders() {}
}
