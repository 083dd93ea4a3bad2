// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.TenderCommand;

import java.nio.file.Files;
import java.nio.file.Path;

/// `mirage targets`.
final class TargetsVerb {
    static int run(Words words) {
        words.requireNoMore();
        var assembler = new Assembler(Mirage.PROGRESS);
        for (Target target : Target.values()) {
            boolean makes = target == Target.HOST || assembler.supports(target);
            System.out.printf(
                    "%-7s %-70s %s%n",
                    target.word(),
                    target.meaning(),
                    makes ? runsHere(target) : "no boot layer yet");
        }
        return 0;
    }

    private static String runsHere(Target target) {
        return switch (target) {
            case HOST, SPT -> "runs here";
            case HVT ->
                    Files.isWritable(Path.of("/dev/kvm"))
                            ? "runs here"
                            : "not here: no /dev/kvm that may be written";
            case VIRTIO ->
                    TenderCommand.isOnPath(QemuCommand.PROGRAM)
                            ? "runs here"
                            : "not here: apt-get install qemu-system-x86";
            case XEN -> TenderCommand.isOnPath("xl") ? "runs here" : "not here: no xl, no Xen";
        };
    }

    private TargetsVerb() {}
}
