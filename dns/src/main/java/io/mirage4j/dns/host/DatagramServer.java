// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.tap.DnstapLog;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/// Answers what comes to one port, as many at a time as have come.
final class DatagramServer {
    private static final int BATCH = 32;

    /// The most that a request has; what is longer is cut off and so no message any more.
    private static final int REQUEST_OCTETS = 4096;

    private final DnsServer server;
    private final Datagrams port;
    private final Responder responder;
    private final Clock clock;
    private final ReentrantLock sending = new ReentrantLock();
    private final SlowDatagrams slow;
    private final Datagram[] requests = new Datagram[BATCH];
    private final Datagram[] answers = new Datagram[BATCH];

    DatagramServer(DnsServer server, Datagrams port, Responder responder, Clock clock) {
        this.server = server;
        this.port = port;
        this.responder = responder;
        this.clock = clock;
        this.slow = new SlowDatagrams(server, port, clock, sending);
        for (int i = 0; i < BATCH; i++) {
            requests[i] = Datagram.create(REQUEST_OCTETS);
            answers[i] = Datagram.create(REQUEST_OCTETS);
        }
    }

    void run() {
        while (!server.isClosed()) {
            int count;
            try {
                count = port.receive(requests);
            } catch (IOException e) {
                return; // closed, or failed for good
            }
            server.prepare(responder);
            answer(count, clock.wallNanos(), clock.nanoTime());
        }
    }

    private void answer(int count, long wallNanos, long nowNanos) {
        int ready = 0;
        for (int i = 0; i < count; i++) {
            Datagram request = requests[i];
            // Port 0 can not be answered, and would make the send fail.
            if (request.remote().port() == 0) continue;
            if (Responder.isSlow(request.payload())) {
                slow.take(request);
                continue;
            }
            Datagram answer = answers[ready];
            Cstruct buffer = answer.buffer();
            int length =
                    responder.datagram(
                            request.payload(),
                            request.remote().address(),
                            buffer,
                            wallNanos,
                            nowNanos);
            tap(request, answer, length, wallNanos);
            if (length == 0) continue;
            answer.length(length).remote(request.remote()).local(request.local());
            ready++;
        }
        sending.lock();
        try {
            send(ready);
        } finally {
            sending.unlock();
        }
    }

    private void tap(Datagram request, Datagram answer, int length, long wallNanos) {
        DnstapLog tap = server.tap();
        if (tap == null) return;
        IpAddress to = request.local();
        Endpoint local = to == null ? port.local() : new Endpoint(to, port.local().port());
        tap.add(
                false,
                request.remote(),
                local,
                request.payload(),
                answer.buffer(),
                length,
                wallNanos);
    }

    private void send(int ready) {
        try {
            port.send(answers, ready);
        } catch (IOException e) {
            // One of them goes to a network that is not there, and kept no other from its way.
        }
    }
}
