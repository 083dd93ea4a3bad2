// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.Application;
import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.ClassPath;
import io.mirage4j.assembly.Target;
import io.mirage4j.assembly.aot.ObjectOptions;
import io.mirage4j.assembly.image.Assembler;
import io.mirage4j.assembly.run.Guest;
import io.mirage4j.assembly.run.HostCommand;
import io.mirage4j.assembly.run.Interfaces;
import io.mirage4j.assembly.run.QemuCommand;
import io.mirage4j.assembly.run.Running;
import io.mirage4j.assembly.run.TenderCommand;
import io.mirage4j.assembly.run.ThisMachine;
import io.mirage4j.assembly.run.UsualNetwork;
import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.assembly.run.XenDomain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `mirage run`: makes the image if it has to, then becomes the program, as far as a shell can
/// tell.
final class RunVerb {
    static int run(Words words) {
        Target target = Target.parse(words.option("--target", "host"));
        Program program = Program.of(words, target);
        String tender = words.option("--tender", "ours");
        if (!tender.equals("ours") && !tender.equals("stock")) {
            throw new AssemblyException("--tender " + tender + " is neither ours nor stock");
        }
        String net = words.option("--net", target == Target.HOST ? "none" : "tap");
        if (!net.equals("tap") && !net.equals("none")) {
            throw new AssemblyException("--net " + net + " is neither tap nor none");
        }
        boolean dryRun = words.flag("--dry-run");
        Application application = program.application();
        ObjectOptions options = BuildVerb.options(words, application.mainClass());
        if (net.equals("tap") && target != Target.XEN) {
            words.open().addAll(UsualNetwork.options(application.declaration(), words.open()));
        }
        String address = words.option("--host-address", UsualNetwork.hostAddress(words.rest()));
        List<String> wires = new ArrayList<>(words.open());
        Wiring wiring = Wiring.take(words.open());
        words.requireNoMore();
        if (!dryRun) {
            requireRunner(target, tender);
            ThisMachine.requireFiles(wiring);
        }
        if (target == Target.HOST) {
            List<String> command =
                    HostCommand.of(application, ClassPath.ofThisProgram(), wires, words.rest());
            return run(command, wiring, address, dryRun);
        }
        var guest =
                new Guest(application.declaration(), target, program.image(), wiring, words.rest());
        if (!dryRun) {
            new Assembler(Mirage.PROGRESS).build(application, target, guest.image(), options);
        }
        int status = run(command(guest, tender), wiring, address, dryRun);
        return target == Target.VIRTIO && !dryRun ? QemuCommand.guestStatus(status) : status;
    }

    private static void requireRunner(Target target, String tender) {
        Optional<String> lack =
                tender.equals("stock") ? ThisMachine.lacksStock(target) : ThisMachine.lacks(target);
        lack.ifPresent(
                what -> {
                    throw new AssemblyException("--target " + target.word() + ": " + what);
                });
    }

    private static List<String> command(Guest guest, String tender) {
        return switch (guest.target()) {
            case SPT, HVT ->
                    tender.equals("stock")
                            ? TenderCommand.stock(guest)
                            : TenderCommand.ours(guest, ClassPath.ofThisProgram());
            case VIRTIO -> QemuCommand.of(guest);
            case XEN -> XenDomain.command(domainFile(guest));
            case HOST -> throw new AssertionError("a host has no guest");
        };
    }

    private static Path domainFile(Guest guest) {
        Path file = guest.image().resolveSibling(guest.declaration().name() + ".xl");
        try {
            Files.writeString(file, XenDomain.file(guest));
        } catch (IOException e) {
            throw new AssemblyException("can not write " + file + ": " + e.getMessage(), e);
        }
        return file;
    }

    private static int run(List<String> command, Wiring wiring, String address, boolean dryRun) {
        if (dryRun) {
            System.out.println(String.join(" ", command));
            return 0;
        }
        try (var _ = Interfaces.of(wiring, address, Mirage.PROGRESS)) {
            return Running.run(command);
        }
    }

    private RunVerb() {}
}
