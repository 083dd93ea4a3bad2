// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.transfer.Notifier;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells other servers of changes from ports of its own: one virtual thread sends, one for each
/// port receives. From which a server is told is decided by its address: one of that version.
final class NotifyDriver implements Closeable {
    private static final long SECOND = 1_000_000_000;
    private static final int OCTETS = 1232;

    private final Notifier notifier;
    private final List<Datagrams> ports;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    NotifyDriver(List<Datagrams> ports, Clock clock, Entropy entropy) {
        this.ports = List.copyOf(ports);
        this.clock = clock;
        notifier = new Notifier(entropy);
        Thread.ofVirtual().name("dns-notify").start(this::send);
        for (Datagrams port : ports) {
            Thread.ofVirtual().name("dns-notify-answers").start(() -> receive(port));
        }
    }

    void announce(Zone zone, List<Peer> peers) {
        lock.lock();
        try {
            notifier.announce(zone, peers, clock.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        var datagram = Datagram.create(OCTETS);
        try {
            while (await(datagram)) {
                try {
                    port(datagram.remote()).send(datagram);
                } catch (IOException e) {
                    // No way there now; it is said again.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Datagrams port(Endpoint peer) {
        for (Datagrams port : ports) {
            if (port.local().address().getClass() == peer.address().getClass()) return port;
        }
        return ports.getFirst();
    }

    /// Waits until there is something to send; false once closed.
    private boolean await(Datagram into) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = clock.nanoTime();
                if (notifier.next(into, clock.wallNanos() / SECOND, now)) return true;
                long left = Math.min(notifier.nextDeadline() - now, 60 * SECOND);
                if (left > 0) {
                    changed.await(left, TimeUnit.NANOSECONDS);
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void receive(Datagrams port) {
        var datagram = Datagram.create(OCTETS);
        while (true) {
            try {
                port.receive(datagram);
            } catch (IOException e) {
                return; // closed
            }
            lock.lock();
            try {
                long seconds = clock.wallNanos() / SECOND;
                notifier.receive(datagram.payload(), datagram.remote(), seconds);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Datagrams port : ports) port.close();
    }
}
