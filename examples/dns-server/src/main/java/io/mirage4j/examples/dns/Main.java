// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.host.ZoneStore;
import io.mirage4j.dns.server.QueryLog;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Serves zones until it is ended.
public final class Main {
    private static final int LOGGED_QUESTIONS = 10_000;
    private static final long LOOK_MILLIS = 1000;

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments;
        Setup setup;
        try {
            arguments = Arguments.parse(args);
            setup = new Setup(arguments);
        } catch (IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
            System.err.print(Arguments.USAGE);
            System.exit(2);
            return;
        }
        var entropy = new HostEntropy();
        var clock = new HostClock();
        var options =
                ServerOptions.of(entropy.nextLong(), entropy.nextLong())
                        .withNsid(Blob.of(arguments.nsid.getBytes(StandardCharsets.UTF_8)))
                        .withRateLimit(arguments.answersPerSecond, 2)
                        .withCookiesRequired(arguments.cookiesRequired);
        // Others are told from the address at which they know this server.
        var notifyPort =
                SocketDatagrams.open(new Endpoint(arguments.endpoints.get(0).address(), 0));
        var connector = SocketConnector.create();
        try (var server = new DnsServer(options, clock);
                var store =
                        new ZoneStore(
                                server, clock, entropy, connector, notifyPort, Main::complain)) {
            server.policy(server.policy().with(setup.keys()));
            serve(server, store, arguments, setup);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            System.exit(1);
        }
    }

    private static void serve(DnsServer server, ZoneStore store, Arguments arguments, Setup setup)
            throws IOException, InterruptedException {
        // Before the zones are read: whoever is told of them may come at once.
        List<SocketDatagrams> ports = new ArrayList<>();
        List<SocketListener> listeners = new ArrayList<>();
        for (Endpoint endpoint : arguments.endpoints) {
            ports.add(SocketDatagrams.open(endpoint));
            listeners.add(SocketListener.open(endpoint));
        }
        var keeper = new ZoneKeeper(arguments.zones, setup, store);
        if (!keeper.read()) System.exit(1);
        follow(store, arguments, setup);
        for (SocketDatagrams port : ports) server.serve(port);
        for (SocketListener listener : listeners) server.serve(listener);
        for (Endpoint endpoint : arguments.endpoints) System.out.println("serving at " + endpoint);
        var log = new QueryLog(LOGGED_QUESTIONS);
        if (arguments.logged) server.log(log);
        while (true) {
            Thread.sleep(LOOK_MILLIS);
            log.take().forEach(System.out::println);
            try {
                keeper.read();
            } catch (IOException e) {
                // Gone for a moment, while somebody replaces it: the zone stays.
                complain(String.valueOf(e.getMessage()));
            }
        }
    }

    private static void complain(String line) {
        System.err.println("dns-server: " + line);
    }

    private static void follow(ZoneStore store, Arguments arguments, Setup setup)
            throws IOException {
        for (var one : arguments.secondaries.entrySet()) {
            List<Arguments.PeerName> primaries = one.getValue();
            DnsName apex = one.getKey();
            store.secondary(apex, setup.peers(primaries), setup.settings(apex, primaries));
        }
        for (var one : arguments.catalogs.entrySet()) {
            List<Arguments.PeerName> primaries = one.getValue();
            DnsName apex = one.getKey();
            store.catalog(
                    apex,
                    setup.peers(primaries),
                    setup.settings(apex, primaries),
                    (member, label) -> setup.settings(member, primaries));
        }
    }

    private Main() {}
}
