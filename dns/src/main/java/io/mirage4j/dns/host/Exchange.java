// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.client.Action;
import io.mirage4j.dns.client.Answer;
import io.mirage4j.dns.client.Inquiry;
import io.mirage4j.dns.client.StubResolver;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.TimedOutException;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Does what inquiries want done: sends, waits, and tells them what came.
final class Exchange implements Closeable {
    /// Longer than any datagram that was asked for, so that a longer one is seen to be.
    private static final int SPARE_OCTETS = 1;

    private final StubResolver resolver;
    private final DatagramPorts ports;
    private final Streams streams;
    private final Clock clock;
    private final Set<Datagrams> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Exchange(StubResolver resolver, DatagramPorts ports, Connector connector, Clock clock) {
        this.resolver = resolver;
        this.ports = ports;
        this.streams = new Streams(connector, clock);
        this.clock = clock;
    }

    /// What the core is told, and answers by what to do next: it has one owner at a time.
    private interface Told {
        Action tell(long now);
    }

    private Action tell(Told told) {
        synchronized (resolver) {
            return told.tell(clock.nanoTime());
        }
    }

    Answer answer(Question question) throws IOException {
        Inquiry inquiry;
        synchronized (resolver) {
            inquiry = resolver.ask(question);
        }
        Action action = tell(inquiry::start);
        while (true) {
            if (closed) throw new IOException("the client is closed");
            switch (action) {
                case Action.Done(Answer answer) -> {
                    return answer;
                }
                case Action.Failed(var failure) -> throw new LookupFailedException(failure);
                case Action.Ask ask -> action = byDatagram(inquiry, ask);
                case Action.AskByStream ask -> action = byStream(inquiry, ask);
                case Action.Listen _ -> throw new AssertionError("nothing to listen to");
            }
        }
    }

    private Action byDatagram(Inquiry inquiry, Action.Ask ask) throws IOException {
        try (Datagrams port = ports.open(anyPort(ask.server()))) {
            open.add(port);
            try {
                return byDatagram(inquiry, ask, port);
            } finally {
                open.remove(port);
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return failed(inquiry, "could not be sent to", e);
        }
    }

    private static Endpoint anyPort(Endpoint server) {
        return switch (server.address()) {
            case Ipv4Address _ -> new Endpoint(Ipv4Address.UNSPECIFIED, 0);
            case Ipv6Address _ -> new Endpoint(Ipv6Address.UNSPECIFIED, 0);
        };
    }

    private Action byDatagram(Inquiry inquiry, Action.Ask ask, Datagrams port) throws IOException {
        ReadOnlyCstruct query = ask.query();
        int room = resolver.options().udpPayload() + SPARE_OCTETS;
        Datagram envelope = Datagram.create(Math.max(room, query.length()));
        envelope.buffer().put(0, query);
        port.send(envelope.length(query.length()).remote(ask.server()));
        long deadline = ask.deadlineNanos();
        while (true) {
            Action action;
            try {
                long left = deadline - clock.nanoTime();
                port.receiveTimeout(Math.max(1, left));
                if (left <= 0) throw new TimedOutException("no time left");
                port.receive(envelope);
                action =
                        tell(
                                now ->
                                        inquiry.receive(
                                                envelope.remote(),
                                                envelope.payload().readOnly(),
                                                now));
            } catch (TimedOutException e) {
                action = tell(inquiry::advance);
            }
            if (!(action instanceof Action.Listen(long until))) return action;
            deadline = until;
        }
    }

    private Action byStream(Inquiry inquiry, Action.AskByStream ask) throws IOException {
        try {
            return streams.ask(ask, message -> tell(now -> inquiry.receiveByStream(message, now)));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return failed(inquiry, "could not be asked over a stream", e);
        }
    }

    private Action failed(Inquiry inquiry, String what, IOException e) {
        return tell(now -> inquiry.fail(what + ": " + e.getMessage(), now));
    }

    void clear() {
        synchronized (resolver) {
            resolver.clear();
        }
    }

    @Override
    public void close() {
        closed = true;
        streams.close();
        for (Datagrams port : open) {
            try {
                port.close();
            } catch (IOException e) {
                // It is closed for who waits, whatever the kernel says.
            }
        }
    }
}
