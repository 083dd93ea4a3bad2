// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.dns;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.host.DnsServer;
import io.mirage4j.dns.host.DnstapWriter;
import io.mirage4j.dns.server.MetricsText;
import io.mirage4j.dns.server.QueryLog;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.unikernel.Arguments;
import io.mirage4j.tcpip.unikernel.ProgramNetwork;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;

/// What the server tells of its work, as far as somebody wants to know: questions as lines on the
/// console, questions and answers as dnstap, counters by HTTP.
final class Reports implements Closeable {
    private static final int LOGGED_QUESTIONS = 10_000;
    private static final int TAPPED_OCTETS = 1 << 22;
    private static final String VERSION = "mirage4j dns-server";

    private final Console console;
    private final @Nullable QueryLog log;
    private final @Nullable DnstapWriter tap;
    private final @Nullable HttpServer metrics;
    private long lost;

    private Reports(
            Console console,
            @Nullable QueryLog log,
            @Nullable DnstapWriter tap,
            @Nullable HttpServer metrics) {
        this.console = console;
        this.log = log;
        this.tap = tap;
        this.metrics = metrics;
    }

    /// Begins with what `arguments` ask for.
    ///
    /// @throws IOException if a file can not be written, or a port is taken
    static Reports start(
            Arguments arguments, ProgramNetwork net, DnsServer server, Clock clock, Console console)
            throws IOException {
        QueryLog log = arguments.get(Options.LOG) ? new QueryLog(LOGGED_QUESTIONS) : null;
        server.log(log);
        DnstapWriter tap = null;
        var place = arguments.get(Options.DNSTAP);
        if (place.isPresent()) {
            var tapped = new DnstapLog(TAPPED_OCTETS, arguments.get(Options.NSID), VERSION);
            tap = place.get().open(tapped, net);
            server.tap(tapped);
        }
        HttpServer metrics = null;
        var counted = arguments.get(Options.METRICS);
        if (counted.isPresent()) {
            metrics = HttpServer.builder(page(server), clock).build();
            metrics.start(net.listen(counted.get()));
        }
        return new Reports(console, log, tap, metrics);
    }

    private static Handler page(DnsServer server) {
        Response head = Response.of(Status.OK, "Content-Type", "text/plain; version=0.0.4");
        return exchange ->
                exchange.respond(head, ReadOnlyCstruct.of(MetricsText.of(server.counters())));
    }

    /// Prints the questions since the last time, and how many more there were than were kept.
    void print() {
        if (log == null) return;
        log.take().forEach(console::println);
        long lostNow = log.lost();
        if (lostNow > lost) {
            console.println((lostNow - lost) + " questions were not logged");
        }
        lost = lostNow;
    }

    @Override
    public void close() {
        print();
        if (tap != null) {
            tap.close();
        }
        if (metrics != null) {
            metrics.close();
        }
    }
}
