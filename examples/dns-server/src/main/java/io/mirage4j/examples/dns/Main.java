// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.Blob;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Declaration;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Serves zones until it is ended.
public final class Main {
    private static final long LOOK_MILLIS = 1000;
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    static final Declaration DECLARATION =
            Declaration.named("dns-server")
                    .about("Serves zones: its own, and those of others.")
                    .device(Content.DISK)
                    .device(Journals.DISK)
                    .with(Options::declare)
                    .with(ProgramNetwork::declare)
                    .build();

    public static void main(String[] args) {
        DECLARATION.main(args, Main::run);
    }

    static int run(Board board, Arguments arguments) throws InterruptedException {
        Console console = board.console();
        if (arguments.get(Options.ZONES).isEmpty()
                && arguments.get(Options.SECONDARIES).isEmpty()
                && arguments.get(Options.CATALOGS).isEmpty()) {
            complain(console, "no --zone, --secondary or --catalog; --help tells what there is");
            return WRONG_USE;
        }
        var content = new Content(board);
        try (ProgramNetwork net = ProgramNetwork.open(board, arguments);
                var server = new DnsServer(options(board, arguments), board.clock());
                // Others are told from an address at which they know this server.
                var store =
                        new ZoneStore(
                                server,
                                board.clock(),
                                board.entropy(),
                                net,
                                notifyPorts(net),
                                line -> complain(console, line))) {
            var setup = new Setup(board, arguments, content);
            server.policy(server.policy().with(setup.keys()));
            // Before the zones are read: whoever is told of them may come at once.
            int port = arguments.get(Options.PORT);
            List<Datagrams> datagrams = new ArrayList<>();
            List<Listener> listeners = new ArrayList<>();
            for (Endpoint here : net.endpoints(port)) {
                datagrams.add(net.bindForMany(here));
                listeners.add(net.listen(here));
            }
            var keeper =
                    new ZoneKeeper(arguments.get(Options.ZONES), content, setup, store, console);
            if (!keeper.read()) return FAILED;
            follow(store, arguments, setup);
            Reports reports = Reports.start(arguments, net, server, board.clock(), console);
            var saved = new SavedZones(arguments.get(Options.SAVE), server, keeper, console);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        saved.close();
                                        reports.close();
                                    }));
            for (Datagrams each : datagrams) server.serve(each);
            for (Listener each : listeners) server.serve(each);
            for (IpAddress address : net.addresses()) {
                console.println("serving at " + new Endpoint(address, port));
            }
            watch(keeper, saved, reports, console);
        } catch (IllegalArgumentException e) {
            complain(console, e.getMessage() + "; --help tells what there is");
            return WRONG_USE;
        } catch (IOException e) {
            complain(console, String.valueOf(e.getMessage()));
        }
        return FAILED;
    }

    private static ServerOptions options(Board board, Arguments arguments) {
        byte[] nsid = arguments.get(Options.NSID).getBytes(StandardCharsets.UTF_8);
        return ServerOptions.of(board.entropy().nextLong(), board.entropy().nextLong())
                .withNsid(Blob.of(nsid))
                .withRateLimit(arguments.get(Options.RATE), 2)
                .withCookiesRequired(arguments.get(Options.REQUIRE_COOKIES));
    }

    /// Has the zones of others, and keeps up with them.
    private static void follow(ZoneStore store, Arguments arguments, Setup setup)
            throws IOException {
        for (var zone : arguments.get(Options.SECONDARIES)) {
            store.secondary(
                    zone.name(),
                    setup.peers(zone.what()),
                    setup.settings(zone.name(), zone.what()));
        }
        for (var zone : arguments.get(Options.CATALOGS)) {
            store.catalog(
                    zone.name(),
                    setup.peers(zone.what()),
                    setup.settings(zone.name(), zone.what()),
                    (member, label) -> setup.settings(member, zone.what()));
        }
    }

    /// One at each address.
    private static List<Datagrams> notifyPorts(ProgramNetwork net) throws IOException {
        List<Datagrams> ports = new ArrayList<>();
        for (IpAddress address : net.addresses()) ports.add(net.bind(new Endpoint(address, 0)));
        return ports;
    }

    private static void watch(ZoneKeeper keeper, SavedZones saved, Reports reports, Console console)
            throws InterruptedException {
        while (true) {
            Thread.sleep(LOOK_MILLIS);
            reports.print();
            saved.look();
            try {
                keeper.read();
            } catch (IOException e) {
                // Gone for a moment, while somebody replaces it: the zone stays.
                complain(console, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void complain(Console console, String line) {
        console.println("dns-server: " + line);
    }

    private Main() {}
}
