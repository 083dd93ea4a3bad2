// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import java.io.IOException;

/// A datagram port of a [MemoryNetwork]. What comes while so many wait is lost.
final class MemoryDatagrams implements Datagrams {
    private static final int BACKLOG = 256;
    private static final int MOST_OCTETS = 65_507; // what IPv4 and UDP headers leave of 65,535

    private final MemoryNetwork network;
    private final Endpoint local;
    private final ClosableQueue<Packet> waiting;
    private volatile long receiveTimeoutNanos;

    private record Packet(Endpoint from, IpAddress to, ReadOnlyCstruct payload) {}

    MemoryDatagrams(MemoryNetwork network, Endpoint local) {
        this.network = network;
        this.local = local;
        waiting = new ClosableQueue<>("port " + local, BACKLOG);
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void receive(Datagram into) throws IOException {
        Packet packet = waiting.take("receive", receiveTimeoutNanos);
        int len = Math.min(packet.payload().length(), into.buffer().length());
        packet.payload().copyTo(0, into.buffer(), 0, len);
        into.length(len).remote(packet.from()).local(packet.to());
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        waiting.checkOpen();
        if (datagram.length() > MOST_OCTETS) {
            throw new IOException("datagram of " + datagram.length() + " octets > " + MOST_OCTETS);
        }
        MemoryDatagrams target = network.datagramsAt(datagram.remote());
        if (target != null) {
            byte[] copy = datagram.payload().toByteArray();
            IpAddress source = datagram.local();
            var from = new Endpoint(source == null ? local.address() : source, local.port());
            target.waiting.offer(
                    new Packet(from, datagram.remote().address(), Cstruct.of(copy).readOnly()));
        }
    }

    @Override
    public void receiveTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        receiveTimeoutNanos = nanos;
    }

    @Override
    public void close() {
        network.forget(this);
        waiting.close();
    }
}
