// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// Answers datagrams whose answers may have to wait, each in a thread of its own, so that no query
/// waits for them. Beyond some at a time they are dropped; whoever sent one sends it again.
final class SlowDatagrams {
    private static final int MOST = 64;
    private static final int ANSWER_OCTETS = 4096;

    private final DnsServer server;
    private final Datagrams port;
    private final Clock clock;
    private final ReentrantLock sending;
    private final Semaphore free = new Semaphore(MOST);
    private final ConcurrentLinkedQueue<Responder> responders = new ConcurrentLinkedQueue<>();

    /// @param sending held by who sends, since one thread at a time may
    SlowDatagrams(DnsServer server, Datagrams port, Clock clock, ReentrantLock sending) {
        this.sending = sending;
        this.server = server;
        this.port = port;
        this.clock = clock;
    }

    void take(Datagram request) {
        if (!free.tryAcquire()) return;
        Cstruct octets = Cstruct.of(request.payload().toByteArray());
        Endpoint remote = request.remote();
        IpAddress local = request.local();
        Thread.ofVirtual()
                .name("dns-udp-slow")
                .start(
                        () -> {
                            try {
                                answer(octets, remote, local);
                            } finally {
                                free.release();
                            }
                        });
    }

    private void answer(Cstruct request, Endpoint remote, @Nullable IpAddress local) {
        Responder responder = responders.poll();
        if (responder == null) {
            responder = server.responder();
        }
        server.prepare(responder);
        Cstruct answer = Cstruct.create(ANSWER_OCTETS);
        int length =
                responder.datagram(
                        request, remote.address(), answer, clock.wallNanos(), clock.nanoTime());
        responders.add(responder);
        if (length == 0) return;
        sending.lock();
        try {
            port.send(Datagram.over(answer).length(length).remote(remote).local(local));
        } catch (IOException e) {
            // Closed, or there is no way there.
        } finally {
            sending.unlock();
        }
    }
}
