// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.command;

import io.mirage4j.assembly.AssemblyException;
import io.mirage4j.assembly.Progress;

import java.util.Arrays;

/// The command. What went wrong is told in a line, and the exit status is 2; a guest's own status
/// is passed on.
public final class Mirage {
    static final Progress PROGRESS = line -> System.err.println("mirage: " + line);

    private static final int FAILED = 2;

    private static final String USAGE =
            """
            usage: mirage VERB ...

              targets                      what images can be made for, and run on, here
              describe APP [--json|--dot]  devices, arguments, libraries and their sizes
              build APP --target TARGET    make an image for spt, hvt, virtio or xen
                [--output FILE] [--optimize s|1|2|b] [--march x86-64-v2] [--builder-memory MB]
              run APP [--target TARGET]    make what is missing, and run it: on host, a JVM
                                           (so without --target), spt, hvt, virtio or xen
                [--tender ours|stock] [--mem=MB] [--net tap|none] [--net:DEVICE=TAP|passt:SOCKET]
                [--host-address 10.0.0.1/24]
                [--net-mac:DEVICE=MAC] [--block:DEVICE=FILE] [--block-sector-size:DEVICE=N]
                [--dry-run] [-- ARGUMENTS]
              size IMAGE                   what takes the room in an image

            APP is the jar of a program, with Main-Class and Class-Path in its manifest. `build` and
            `run` also take --main CLASS --classpath PATHS [--output FILE] instead of it.
            """;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        String verb = args.length == 0 ? "help" : args[0];
        var words = new Words(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        try {
            return switch (verb) {
                case "targets" -> TargetsVerb.run(words);
                case "describe" -> DescribeVerb.run(words);
                case "build" -> BuildVerb.run(words);
                case "run" -> RunVerb.run(words);
                case "size" -> SizeVerb.run(words);
                case "help", "--help", "-h" -> {
                    System.out.print(USAGE);
                    yield 0;
                }
                default ->
                        throw new AssemblyException(
                                "no verb '" + verb + "'; `mirage help` lists them");
            };
        } catch (AssemblyException e) {
            PROGRESS.say(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private Mirage() {}
}
