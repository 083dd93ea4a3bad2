// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.echo;

import io.mirage4j.platform.Console;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Program;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import java.io.IOException;

/// [Echo] on whatever network there is.
public final class Main {
    private static final Argument<Integer> PORT =
            Argument.number("port", 1, 65_535).help("of TCP and UDP").orElse(Echo.PORT);

    static final Declaration DECLARATION =
            Declaration.named("echo")
                    .about("Sends back what it gets by TCP and UDP, and answers pings.")
                    .argument(PORT)
                    .with(ProgramNetwork::declare)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    static int run(Board board, Arguments arguments) throws IOException {
        Console console = board.console();
        int port = arguments.get(PORT);
        try (ProgramNetwork net = ProgramNetwork.open(board, arguments);
                Listener tcp = net.listen(port);
                Datagrams udp = net.bind(port)) {
            console.println("echo: TCP and UDP port " + port + " at " + net.addresses());
            Thread.startVirtualThread(() -> serve(udp, console));
            Echo.serve(tcp);
        }
        return Program.OK;
    }

    private static void serve(Datagrams udp, Console console) {
        try {
            Echo.serve(udp);
        } catch (IOException e) {
            console.println("echo: UDP ends: " + e.getMessage());
        }
    }

    private Main() {}
}
