// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.httpserver;

import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.platform.unikernel.Program;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// [FileSite] on whatever network there is, of a directory or of a disk. A signal to end lets
/// requests under way end.
public final class Main {
    static final Block CONTENT = Block.named("content").help("a blob of `mirage crunch`");

    private static final Argument<Optional<String>> ROOT =
            Argument.text("root").help("a directory, instead of the disk").optional();
    private static final Argument<Integer> PORT =
            Argument.number("port", 1, 65_535).help("where to listen").orElse(8080);
    private static final Argument<FileSite.LogForm> LOG =
            Argument.choice("log", FileSite.LogForm.values())
                    .help("how requests are logged")
                    .orElse(FileSite.LogForm.NONE);
    private static final Argument<Optional<Endpoint>> METRICS =
            Argument.endpoint("metrics")
                    .help("where the server's numbers are read by HTTP, as Prometheus does")
                    .optional();

    static final Declaration DECLARATION =
            Declaration.named("http-server")
                    .about("Serves files by HTTP.")
                    .device(CONTENT)
                    .argument(ROOT)
                    .argument(PORT)
                    .argument(LOG)
                    .argument(METRICS)
                    .with(ProgramNetwork::declare)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    static int run(Board board, Arguments arguments) throws InterruptedException {
        try {
            ProgramNetwork net = ProgramNetwork.open(board, arguments);
            int port = arguments.get(PORT);
            var site =
                    new FileSite(
                            files(board, arguments),
                            board.clock(),
                            board.console(),
                            arguments.get(LOG));
            Optional<Endpoint> numbers = arguments.get(METRICS);
            if (numbers.isPresent()) {
                site.startNumbers(net.listen(numbers.get()));
            }
            site.start(net.listen(port), net.endpoint(port));
            Runtime.getRuntime().addShutdownHook(new Thread(site::stop));
        } catch (IOException e) {
            board.console().println("http-server: " + e.getMessage());
            return 1;
        }
        new CountDownLatch(1).await();
        return Program.OK;
    }

    private static Kv files(Board board, Arguments arguments) throws IOException {
        Optional<String> root = arguments.get(ROOT);
        if (root.isEmpty()) {
            try {
                return CrunchResource.open(board.open(CONTENT));
            } catch (IOException e) {
                throw new IOException(e.getMessage() + ", or --root=DIR on a JVM", e);
            }
        }
        Optional<Kv> directory;
        try {
            directory = board.directory(root.get());
        } catch (IOException e) {
            throw new IOException("--root=" + root.get() + ": no directory that can be read", e);
        }
        return directory.orElseThrow(
                () -> new IOException("no directories here: leave out --root"));
    }

    private Main() {}
}
