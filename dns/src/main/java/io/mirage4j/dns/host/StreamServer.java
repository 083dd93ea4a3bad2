// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Listener;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Answers requests on streams (RFC 7766): any number of them one behind the other, without waiting
/// for answers to be read, until nothing comes for the time of keep-alive. Everything is answered
/// from memory, so the order of the requests is as good as any for the answers.
final class StreamServer {
    private static final int PREFIX = 2;
    private static final int FIRST_OCTETS = 1024;
    private static final int MOST_STREAMS = 1000;
    private static final long TENTH_NANOS = 100_000_000;

    private static final Endpoint NOBODY = new Endpoint(Ipv4Address.UNSPECIFIED, 0);

    /// What answers one request, lent to the stream that has one.
    private record Desk(Responder responder, Cstruct answer) {}

    private final DnsServer server;
    private final Clock clock;
    private final long idleNanos;
    private final ConcurrentLinkedQueue<Desk> desks = new ConcurrentLinkedQueue<>();
    private final Set<Flow> flows = ConcurrentHashMap.newKeySet();

    StreamServer(DnsServer server, ServerOptions options, Clock clock) {
        this.server = server;
        this.clock = clock;
        // 0 tells clients to close at once (RFC 7828, 3.4); they get a tenth of a second for it.
        this.idleNanos = Math.max(1, options.keepaliveTenths()) * TENTH_NANOS;
    }

    void accept(Listener listener) {
        while (!server.isClosed()) {
            Flow flow;
            try {
                flow = listener.accept();
            } catch (IOException e) {
                return; // closed, or failed for good
            }
            if (flows.size() >= MOST_STREAMS) {
                flow.abort();
                continue;
            }
            flows.add(flow);
            Thread.ofVirtual().name("dns-tcp").start(() -> serve(flow));
        }
    }

    private void serve(Flow flow) {
        try (flow) {
            converse(flow);
        } catch (IOException e) {
            flow.abort(); // gone, or idle for too long
        } finally {
            flows.remove(flow);
        }
    }

    private void converse(Flow flow) throws IOException {
        flow.readTimeout(idleNanos);
        IpAddress client =
                flow.remote().map(remote -> remote.address()).orElse(Ipv4Address.UNSPECIFIED);
        Cstruct buf = Cstruct.create(FIRST_OCTETS);
        int have = 0;
        // From the first octet of a request on all of it must come in the time: octet by octet is
        // no way to keep a stream for ever.
        long since = clock.nanoTime();
        while (true) {
            int read = flow.read(buf.sub(have, buf.length() - have));
            if (read == Flow.END) return;
            if (have == 0) since = clock.nanoTime();
            have += read;
            int taken = answerAll(flow, client, buf, have);
            if (taken > 0) since = clock.nanoTime();
            have -= taken;
            for (int i = 0; taken > 0 && i < have; i++) buf.putU8(i, buf.u8(taken + i));
            if (have > 0 && clock.nanoTime() - since > idleNanos) return;
            int needed = have < PREFIX ? PREFIX : PREFIX + buf.u16be(0);
            if (needed > buf.length()) {
                Cstruct longer = Cstruct.create(PREFIX + Responder.MAX_OCTETS);
                buf.copyTo(0, longer, 0, have);
                buf = longer;
            }
        }
    }

    /// Answers the whole requests among the first `have` octets and tells how many those were.
    private int answerAll(Flow flow, IpAddress client, Cstruct buf, int have) throws IOException {
        int at = 0;
        Desk desk = null;
        try {
            while (have - at >= PREFIX && have - at - PREFIX >= buf.u16be(at)) {
                int length = buf.u16be(at);
                if (desk == null) desk = desk();
                Cstruct answer = desk.answer;
                int answered =
                        desk.responder.stream(
                                buf.sub(at + PREFIX, length),
                                client,
                                answer.sub(PREFIX, Responder.MAX_OCTETS),
                                clock.wallNanos());
                tap(flow, buf.sub(at + PREFIX, length), answer, answered);
                // RFC 7766, 8: length and message go together.
                answer.putU16be(0, answered);
                if (answered > 0) flow.write(answer.sub(0, PREFIX + answered));
                at += PREFIX + length;
            }
            return at;
        } finally {
            if (desk != null) desks.add(desk);
        }
    }

    private void tap(Flow flow, Cstruct question, Cstruct answer, int length) {
        DnstapLog tap = server.tap();
        if (tap == null) return;
        tap.add(
                true,
                flow.remote().orElse(NOBODY),
                flow.local().orElse(NOBODY),
                question,
                answer.sub(PREFIX, length),
                length,
                clock.wallNanos());
    }

    private Desk desk() {
        Desk desk = desks.poll();
        if (desk == null) {
            desk = new Desk(server.responder(), Cstruct.create(PREFIX + Responder.MAX_OCTETS));
        }
        server.prepare(desk.responder);
        return desk;
    }

    void close() {
        for (Flow flow : flows) flow.abort();
    }
}
