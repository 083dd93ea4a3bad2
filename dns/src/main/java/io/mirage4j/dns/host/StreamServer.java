// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Listener;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Answers requests on streams (RFC 7766): any number of them one behind the other, without waiting
/// for answers to be read, until nothing comes, or nothing is taken, for the time of keep-alive.
final class StreamServer {
    private static final int PREFIX = 2;
    private static final int MOST_STREAMS = 1000;
    private static final long TENTH_NANOS = 100_000_000;

    private static final Endpoint NOBODY = new Endpoint(Ipv4Address.UNSPECIFIED, 0);

    /// What answers one request, lent to the stream that has one.
    record Desk(Responder responder, Cstruct answer) {}

    private final DnsServer server;
    private final Clock clock;
    private final long idleNanos;
    private final ConcurrentLinkedQueue<Desk> desks = new ConcurrentLinkedQueue<>();
    private final Set<ServedStream> streams = ConcurrentHashMap.newKeySet();

    StreamServer(DnsServer server, ServerOptions options, Clock clock) {
        this.server = server;
        this.clock = clock;
        // 0 tells clients to close at once (RFC 7828, 3.4); they get a tenth of a second for it.
        this.idleNanos = Math.max(1, options.keepaliveTenths()) * TENTH_NANOS;
    }

    void accept(Listener listener) {
        Thread watch = Thread.ofVirtual().name("dns-tcp-watch").start(this::watch);
        try {
            while (!server.isClosed()) accept(listener.accept());
        } catch (IOException e) {
            // Closed, or failed for good.
        } finally {
            watch.interrupt();
        }
    }

    private void accept(Flow flow) {
        if (streams.size() >= MOST_STREAMS) {
            flow.abort();
            return;
        }
        var stream = new ServedStream(this, flow, clock, idleNanos);
        streams.add(stream);
        Thread.ofVirtual()
                .name("dns-tcp")
                .start(
                        () -> {
                            try {
                                stream.serve();
                            } finally {
                                streams.remove(stream);
                            }
                        });
    }

    /// Looks, a few times in the time of keep-alive, for clients that do not read.
    private void watch() {
        try {
            while (!server.isClosed()) {
                TimeUnit.NANOSECONDS.sleep(idleNanos / 4);
                long now = clock.nanoTime();
                for (ServedStream stream : streams) stream.abortIfStuck(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Desk desk() {
        Desk desk = desks.poll();
        if (desk == null) {
            desk = new Desk(server.responder(), Cstruct.create(PREFIX + Responder.MAX_OCTETS));
        }
        server.prepare(desk.responder);
        return desk;
    }

    /// Notes a question and its answer, both without their lengths, where that is asked for.
    void tap(Flow flow, ReadOnlyCstruct question, ReadOnlyCstruct answer) {
        DnstapLog tap = server.tap();
        if (tap == null) return;
        tap.add(
                true,
                flow.remote().orElse(NOBODY),
                flow.local().orElse(NOBODY),
                question,
                answer,
                answer.length(),
                clock.wallNanos());
    }

    void giveBack(Desk desk) {
        desks.add(desk);
    }

    void close() {
        for (ServedStream stream : streams) stream.abort();
    }
}
