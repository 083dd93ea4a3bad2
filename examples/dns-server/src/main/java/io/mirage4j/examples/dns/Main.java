// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.dns.Blob;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.server.QueryLog;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.linux.BatchedDatagrams;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Serves zones until it is ended.
public final class Main {
    private static final int LOGGED_QUESTIONS = 10_000;
    private static final long LOOK_MILLIS = 1000;

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("dns-server: " + e.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(2);
            return;
        }
        var entropy = new HostEntropy();
        var options =
                ServerOptions.of(entropy.nextLong(), entropy.nextLong())
                        .withNsid(Blob.of(arguments.nsid().getBytes(StandardCharsets.UTF_8)))
                        .withRateLimit(arguments.answersPerSecond(), 2);
        try (var server = new DnsServer(options, new HostClock())) {
            serve(server, arguments);
        }
    }

    private static void serve(DnsServer server, Arguments arguments)
            throws IOException, InterruptedException {
        var keeper = new ZoneKeeper(arguments.zones(), server);
        if (!keeper.read()) System.exit(1);
        for (Endpoint endpoint : arguments.endpoints()) {
            serveDatagrams(server, endpoint);
            server.serve(SocketListener.open(endpoint));
            System.out.println("serving at " + endpoint);
        }
        var log = new QueryLog(LOGGED_QUESTIONS);
        if (arguments.logged()) server.log(log);
        while (true) {
            Thread.sleep(LOOK_MILLIS);
            log.take().forEach(System.out::println);
            try {
                keeper.read();
            } catch (IOException e) {
                // Gone for a moment, while somebody replaces it: the zone stays.
                System.err.println("dns-server: " + e.getMessage());
            }
        }
    }

    private static void serveDatagrams(DnsServer server, Endpoint endpoint) throws IOException {
        if (BatchedDatagrams.isSupported()) {
            server.serve(
                    BatchedDatagrams.open(endpoint), Thread.ofPlatform().name("dns").factory());
        } else {
            server.serve(SocketDatagrams.open(endpoint));
        }
    }

    private Main() {}
}
