// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.memory.MemoryConsole;
import io.mirage4j.tender.Exit;
import io.mirage4j.tender.SptTender;
import io.mirage4j.tender.Unikernel;
import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How a [SmallImage] ended: what it said, and its status, -1 for one that was killed.
record SmallGuest(int status, String output) {
    private static final int SECONDS = 60;

    /// Runs it where this machine can, else the test is skipped.
    static SmallGuest run(String target, Path image) throws Exception {
        return switch (target) {
            case "spt" -> process(SptTender.command("--mem=16", "--", image.toString(), "words"));
            case "hvt" -> hvt(image);
            case "virtio" -> virtio(image);
            default -> throw new IllegalArgumentException("nobody runs " + target + " here");
        };
    }

    private static SmallGuest hvt(Path image) throws Exception {
        Optional<String> why = Unikernel.unsupported();
        if (why.isPresent()) throw Peers.missingHardware("hvt: " + why.orElseThrow());
        var console = new MemoryConsole();
        try (Unikernel guest =
                Unikernel.of(image)
                        .memoryMegabytes(16)
                        .arguments("words")
                        .console(console)
                        .start()) {
            int status = guest.await() instanceof Exit.Halted(int halted) ? halted : -1;
            return new SmallGuest(status, console.text());
        }
    }

    /// Status 0 is power off, 255 an abort.
    private static SmallGuest virtio(Path image) throws Exception {
        Peers.require("qemu-system-x86_64");
        String machine =
                "qemu-system-x86_64 -accel tcg -cpu max -m 16M -nodefaults -no-reboot -display none"
                        + " -serial stdio -device isa-debug-exit,iobase=0x501,iosize=2";
        List<String> command = new ArrayList<>(List.of(machine.split(" ", -1)));
        command.addAll(List.of("-kernel", image.toString(), "-append", "words"));
        return process(command);
    }

    private static SmallGuest process(List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("guest", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            return new SmallGuest(ended ? process.exitValue() : -1, said);
        } finally {
            Files.delete(output);
        }
    }
}
