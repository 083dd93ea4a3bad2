// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.net.SocketDatagrams;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/// A server that knows the answers, on a path on which datagrams get lost, late, double, changed
/// and forged: the same for the same seed and the same questions.
final class FaultyServer implements Closeable {
    private final Datagrams port = SocketDatagrams.open(Endpoint.of("127.0.0.1:0"));
    private final Datagrams elsewhere = SocketDatagrams.open(Endpoint.of("127.0.0.1:0"));
    private final Responder responder;
    private final Random random;
    private int faults;

    FaultyServer(Responder responder, long seed) throws IOException {
        this.responder = responder;
        this.random = new Random(seed);
        Thread.ofVirtual().name("faulty-server").start(this::run);
    }

    Endpoint endpoint() {
        return port.local();
    }

    /// How many questions got something else than the answer, or first something else.
    synchronized int faults() {
        return faults;
    }

    private void run() {
        Datagram request = Datagram.create(4096);
        Cstruct answer = Cstruct.create(Responder.MAX_OCTETS);
        try {
            while (true) {
                port.receive(request);
                int length =
                        responder.datagram(
                                request.payload().readOnly(),
                                request.remote().address(),
                                answer,
                                0,
                                0);
                answer(request, answer.sub(0, length).readOnly());
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(Datagram request, ReadOnlyCstruct good) throws IOException {
        Endpoint client = request.remote();
        int fault = random.nextInt(12);
        if (fault < 8) {
            synchronized (this) {
                faults++;
            }
        }
        switch (fault) {
            case 0 -> {} // lost
            case 1 -> {
                send(port, client, forged(request, 1));
                send(port, client, good);
            }
            case 2 -> {
                for (int i = 0; i < 40; i++) send(port, client, forged(request, i + 1));
            }
            case 3 -> {
                send(elsewhere, client, forged(request, 0));
                send(port, client, good);
            }
            case 4 -> {
                byte[] noise = new byte[random.nextInt(600)];
                random.nextBytes(noise);
                send(port, client, Cstruct.of(noise).readOnly());
                send(port, client, good);
            }
            case 5 -> send(port, client, good.sub(0, random.nextInt(good.length())));
            case 6 -> send(port, client, lowerCase(good));
            case 7 -> send(port, client, truncated(good));
            case 8 -> {
                send(port, client, good);
                send(port, client, good);
            }
            default -> send(port, client, good);
        }
    }

    private static void send(Datagrams from, Endpoint client, ReadOnlyCstruct octets)
            throws IOException {
        Datagram datagram = Datagram.create(Math.max(1, octets.length()));
        datagram.buffer().put(0, octets);
        from.send(datagram.length(octets.length()).remote(client));
    }

    /// An answer with an address that is nobody's, its id off by `offset`.
    private static ReadOnlyCstruct forged(Datagram request, int offset) {
        Message asked = Message.parse(request.payload()).orThrow();
        Question question = asked.questions().getFirst();
        String record = question.name() + " 9 A 203.0.113.66";
        var records =
                List.of(ResourceRecord.parse(record, question.name(), DnsName.ROOT, 0).orThrow());
        boolean isAddress = question.type() == RrType.A;
        return new Message(
                        (asked.id() + offset) & 0xffff,
                        HeaderWire.QR,
                        asked.questions(),
                        isAddress ? records : List.of(),
                        List.of(),
                        List.of(),
                        null)
                .toOctets()
                .readOnly();
    }

    private static ReadOnlyCstruct lowerCase(ReadOnlyCstruct good) {
        Cstruct lower = Cstruct.of(good.toByteArray());
        for (int at = HeaderWire.LENGTH; at < lower.length() && lower.u8(at) != 0; at++) {
            int octet = lower.u8(at);
            if (octet >= 'A' && octet <= 'Z') {
                lower.putU8(at, octet | 0x20);
            }
        }
        return lower.readOnly();
    }

    private static ReadOnlyCstruct truncated(ReadOnlyCstruct good) {
        Cstruct cut = Cstruct.of(good.toByteArray());
        HeaderWire.putFlags(cut, HeaderWire.flags(cut) | HeaderWire.TC);
        return cut.readOnly();
    }

    @Override
    public void close() throws IOException {
        port.close();
        elsewhere.close();
    }
}
