// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Network;

/// One image with many commands, since an image takes a minute to make: it tries what a board has,
/// and fails in every way that a program can.
public final class Devices {
    /// What the image is to do.
    enum Command {
        TIMES,
        ECHO,
        BLOCK,
        CHURN,
        SLEEPERS,
        TURNS,
        SOAK,
        CHECKSUM,
        NULL_POINTER,
        STACK_OVERFLOW,
        OUT_OF_MEMORY,
        UNCAUGHT,
        MISSING_NATIVE,
        EXIT
    }

    static final Network SERVICE = Network.named("service").help("answers ARP, ping, UDP echo");
    static final Block STORAGE = Block.named("storage").help("is overwritten");

    private static final Argument<Command> COMMAND =
            Argument.choice("command", Command.values()).help("what to do").orElse(Command.TIMES);
    private static final Argument<IpPrefix> IPV4 =
            Argument.ipPrefix("ipv4")
                    .help("the address that answers")
                    .orElse(IpPrefix.of("10.0.0.2/24"));
    private static final Argument<Integer> COUNT =
            Argument.number("count", 0, Integer.MAX_VALUE)
                    .help("frames to answer, sectors, megabytes, threads, seconds")
                    .orElse(0);
    private static final Argument<Integer> STATUS =
            Argument.number("status", 0, 254).help("of the command exit").orElse(0);

    static final Declaration DECLARATION =
            Declaration.named("devices")
                    .about("Tries a board.")
                    .device(SERVICE)
                    .device(STORAGE)
                    .argument(COMMAND)
                    .argument(IPV4)
                    .argument(COUNT)
                    .argument(STATUS)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Devices::run);
    }

    static int run(Board board, Arguments arguments) throws Exception {
        int count = arguments.get(COUNT);
        return switch (arguments.get(COMMAND)) {
            case TIMES -> Times.run(board);
            case ECHO -> EchoLoop.run(board, arguments.get(IPV4).address(), orElse(count, -1));
            case BLOCK -> Sectors.run(board, orElse(count, 128));
            case CHURN -> Churn.run(board, orElse(count, 256));
            case SLEEPERS -> Sleepers.run(board, orElse(count, 10_000));
            case TURNS -> Turns.run(board);
            case SOAK -> Soak.run(board, arguments.get(IPV4).address(), orElse(count, 60));
            case CHECKSUM -> Checksums.run(board);
            case NULL_POINTER -> Failures.nullPointer(null);
            case STACK_OVERFLOW -> Failures.stackOverflow(1);
            case OUT_OF_MEMORY -> Failures.outOfMemory(board);
            case UNCAUGHT -> Failures.uncaught();
            case MISSING_NATIVE -> Failures.missingNative();
            case EXIT -> arguments.get(STATUS);
        };
    }

    private static int orElse(int count, int usual) {
        return count == 0 ? usual : count;
    }

    private Devices() {}
}
