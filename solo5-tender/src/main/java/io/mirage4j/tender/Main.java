// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import io.mirage4j.tender.image.RefusedException;
import io.mirage4j.tender.linux.Exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The command: `hvt` or `spt`, and the rest as the tenders of Solo5 have it. The guest's exit
/// status becomes ours; what can not be run exits with 1 and a line.
public final class Main {
    static final String USAGE =
            """
            usage: solo5-tender hvt|spt [OPTIONS] [--] IMAGE [ARGS]

              --mem=MB                        memory of the guest (512)
              --net:NAME=TAP|@FD              attach a TAP interface, or an open descriptor
              --net-mac:NAME=02:00:00:00:00:01  its address, instead of a random local one
              --block:NAME=FILE               attach a file or block device
              --block-sector-size:NAME=N      its sectors, a power of two from 512 on (512)
              --x-exec-heap                   spt only: memory is executable; dangerous
              --dry-run                       load and attach, but do not start
              --help, --version
            """;

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        System.exit(run(words, true));
    }

    /// Runs the command and returns what it exits with. spt runs as a child of this process.
    public static int run(String... args) {
        return run(Arrays.asList(args), false);
    }

    private static int run(List<String> words, boolean mayReplaceProcess) {
        String verb = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        if (verb.equals("--help") || (!rest.isEmpty() && rest.get(0).equals("--help"))) {
            System.out.print(USAGE);
            return 0;
        }
        try {
            return switch (verb) {
                case "hvt" -> hvt(rest);
                case "spt" -> spt(rest, mayReplaceProcess);
                default ->
                        throw new RefusedException(
                                (verb.isEmpty()
                                                ? "no tender; "
                                                : "tender '" + verb + "' is unknown; ")
                                        + "give hvt or spt, or --help");
            };
        } catch (RefusedException | IOException e) {
            System.err.println("solo5-tender: " + e.getMessage());
            return 1;
        }
    }

    private static int hvt(List<String> words) throws RefusedException, IOException {
        if (words.equals(List.of("--version"))) {
            System.out.println("solo5-tender hvt, ABI version 2");
            return 0;
        }
        Options options = Options.parse(words);
        if (options.dryRun()) {
            builder(options).load().close();
            return 0;
        }
        Exit exit = builder(options).run();
        if (exit instanceof Exit.Fault fault) {
            System.err.println("solo5-tender: " + fault.reason());
        }
        return exit.status();
    }

    /// As a command there is no need to stay: what follows is between the tender and its caller.
    private static int spt(List<String> words, boolean mayReplaceProcess) throws IOException {
        List<String> command = SptTender.command(words.toArray(String[]::new));
        if (mayReplaceProcess) {
            Exec.replace(command);
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while spt ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Unikernel.Builder builder(Options options) {
        Unikernel.Builder builder =
                Unikernel.of(Path.of(options.image()))
                        .memoryMegabytes(options.memoryMegabytes())
                        .arguments(options.arguments().toArray(String[]::new));
        for (var net : options.nets().entrySet()) {
            builder.net(net.getKey(), net.getValue());
        }
        for (var mac : options.macs().entrySet()) {
            builder.mac(mac.getKey(), mac.getValue());
        }
        for (var block : options.blocks().entrySet()) {
            builder.block(block.getKey(), Path.of(block.getValue()));
        }
        for (var sector : options.sectorSizes().entrySet()) {
            builder.sectorSize(sector.getKey(), sector.getValue());
        }
        return builder;
    }

    private Main() {}
}
