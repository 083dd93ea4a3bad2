// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.crunch.load.CrunchResource;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.server.QueryLog;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.unikernel.Argument;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves zones until it is ended.
public final class Main {
    private static final int LOGGED_QUESTIONS = 10_000;
    private static final long LOOK_MILLIS = 1000;
    private static final int WRONG_USE = 2;

    static final Block CONTENT =
            Block.named("content").help("zone files as a blob of `mirage crunch`, for an image");

    private static final Argument<List<ZoneFile>> ZONES =
            Argument.of("zone", "NAME=FILE", ZoneFile::parse)
                    .help("a zone and its file, which is read again when it changes")
                    .several();
    private static final Argument<Integer> PORT =
            Argument.number("port", 1, 65_535).help("of UDP and TCP").orElse(5353);
    private static final Argument<Integer> RATE =
            Argument.number("rate", 0, 1_000_000)
                    .help("equal answers a second that a network gets over UDP; 0 for any number")
                    .orElse(0);
    private static final Argument<String> NSID =
            Argument.text("nsid").help("what the server calls itself to who asks").orElse("");
    private static final Argument<Boolean> LOG = Argument.flag("log").help("print the questions");

    static final Declaration DECLARATION =
            Declaration.named("dns-server")
                    .about("Serves zones.")
                    .device(CONTENT)
                    .argument(ZONES)
                    .argument(PORT)
                    .argument(RATE)
                    .argument(NSID)
                    .argument(LOG)
                    .with(ProgramNetwork::declare)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    static int run(Board board, Arguments arguments) throws InterruptedException {
        if (arguments.get(ZONES).isEmpty()) {
            board.console().println("dns-server: no " + ZONES.usage());
            return WRONG_USE;
        }
        var options =
                ServerOptions.of(board.entropy().nextLong(), board.entropy().nextLong())
                        .withNsid(Blob.of(arguments.get(NSID).getBytes(StandardCharsets.UTF_8)))
                        .withRateLimit(arguments.get(RATE), 2);
        try (ProgramNetwork net = ProgramNetwork.open(board, arguments);
                var server = new DnsServer(options, board.clock())) {
            var keeper = new ZoneKeeper(places(board, arguments), server, board.console());
            if (!keeper.read()) {
                return 1;
            }
            int port = arguments.get(PORT);
            server.serve(net.bind(port));
            server.serve(net.listen(port));
            board.console().println("serving at " + net.endpoint(port));
            watch(keeper, server, arguments.get(LOG), board.console());
        } catch (IOException e) {
            board.console().println("dns-server: " + e.getMessage());
        }
        return 1;
    }

    /// In the directories of the system below, or where there are none on the disk.
    private static Map<DnsName, ZoneKeeper.Place> places(Board board, Arguments arguments)
            throws IOException {
        Map<DnsName, ZoneKeeper.Place> places = new LinkedHashMap<>();
        Kv disk = null;
        for (ZoneFile zone : arguments.get(ZONES)) {
            Optional<Kv> folder = board.directory(zone.folder());
            if (folder.isEmpty() && disk == null) {
                disk = CrunchResource.open(board.open(CONTENT));
            }
            places.put(
                    zone.zone(),
                    disk == null
                            ? new ZoneKeeper.Place(folder.orElseThrow(), zone.name())
                            : new ZoneKeeper.Place(disk, zone.file()));
        }
        return places;
    }

    private static void watch(ZoneKeeper keeper, DnsServer server, boolean logged, Console console)
            throws InterruptedException {
        var log = new QueryLog(LOGGED_QUESTIONS);
        if (logged) {
            server.log(log);
        }
        while (true) {
            Thread.sleep(LOOK_MILLIS);
            log.take().forEach(question -> console.println(question.toString()));
            try {
                keeper.read();
            } catch (IOException e) {
                // Gone for a moment, while somebody replaces it: the zone stays.
                console.println("dns-server: " + e.getMessage());
            }
        }
    }

    private Main() {}
}
