// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.http.Handler;
import io.mirage4j.http.server.AccessLog;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.http.server.ServerLimits;
import io.mirage4j.http.server.ServerMetrics;
import io.mirage4j.http.server.StaticContent;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Listener;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// A web site and the zone of its name. It knows contracts only: what it listens on, and where the
/// pages are, is handed in.
final class Website implements Closeable {
    private static final String LIVE = "/live/figures";

    private final HttpServer http;
    private final HttpServer numbers;
    private final DnsServer dns;
    private final LiveFigures live;

    /// @param pages that do not change
    Website(Kv pages, Zone zone, Clock clock, Entropy entropy, AccessLog log, String platform)
            throws IOException {
        var options = ServerOptions.of(entropy.nextLong(), entropy.nextLong());
        dns = new DnsServer(options, clock);
        dns.zones(Zones.of(zone));
        var metrics = new ServerMetrics();
        live = new LiveFigures(metrics, dns::counters, platform);
        StaticContent content = StaticContent.of(pages).withNotFoundPage("404.html");
        Handler site =
                exchange -> {
                    switch (exchange.request().path()) {
                        case LIVE -> live.hub.handle(exchange);
                        default -> content.handle(exchange);
                    }
                };
        var limits = ServerLimits.within(Runtime.getRuntime().maxMemory());
        http =
                HttpServer.builder(site, clock)
                        .shortcut(content.prepared())
                        .metrics(metrics)
                        .log(log)
                        .limits(limits)
                        .build();
        numbers = HttpServer.builder(metrics.page(), clock).build();
    }

    void serveHttp(Listener listener) {
        http.start(listener);
    }

    /// The numbers of the server of pages, which are nobody's business who reads these.
    void serveNumbers(Listener listener) {
        numbers.start(listener);
    }

    void serveDns(Datagrams datagrams, Listener listener) throws IOException {
        dns.serve(datagrams);
        dns.serve(listener);
    }

    /// Ends in order, and cuts off who is not done after five seconds.
    void stop() {
        live.close();
        numbers.close();
        try {
            http.drain(TimeUnit.SECONDS.toNanos(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        live.close();
        http.close();
        numbers.close();
        dns.close();
    }
}
