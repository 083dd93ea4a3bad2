// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.transfer.Secondary;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps one secondary zone, in a virtual thread of its own.
final class SecondaryDriver {
    private static final long SECOND = 1_000_000_000;

    /// How long a primary may be silent in the middle of a transfer.
    private static final long SILENCE_NANOS = 20 * SECOND;

    private final ZoneStore store;
    private final KeptZone kept;
    private final DnsName apex;
    private final Clock clock;
    private final Secondary secondary;
    private final Handover handover;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean heard;
    private @Nullable Integer heardSerial;
    private boolean closed;
    private @Nullable Flow flow;

    /// As [Secondary#expires], for other threads.
    private volatile long expires;

    SecondaryDriver(
            ZoneStore store, KeptZone kept, DnsName apex, List<Peer> primaries, Clock clock) {
        this.store = store;
        this.kept = kept;
        this.apex = apex;
        this.clock = clock;
        handover = new Handover(store.connector(), primaries, clock);
        expires = clock.nanoTime();
        secondary =
                new Secondary(apex, primaries, store.entropy(), kept.current(), clock.nanoTime());
    }

    void start() {
        Thread.ofVirtual().name("dns-secondary-" + apex).start(this::run);
    }

    private void run() {
        try {
            while (!isClosed()) step();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        boolean had = secondary.zone() != null;
        secondary.advance(clock.nanoTime());
        if (had && secondary.zone() == null) {
            store.tell("zone " + apex + " has expired");
            kept.expire();
        }
        expires = secondary.expires();
        takeNotice();
        Secondary.Request request = secondary.next(seconds(), clock.nanoTime());
        if (request == null) await();
        else exchange(request);
    }

    private long seconds() {
        return clock.wallNanos() / SECOND;
    }

    private void exchange(Secondary.Request request) throws InterruptedException {
        Zone before = secondary.zone();
        store.transfers().acquire();
        try (Flow opened = open(request)) {
            opened.readTimeout(SILENCE_NANOS);
            var messages = new FramedMessages(opened);
            messages.write(request.message());
            boolean more = true;
            while (more) {
                var message = messages.read();
                more = secondary.receive(message, seconds(), clock.nanoTime());
            }
        } catch (IOException e) {
            secondary.failed(String.valueOf(e.getMessage()), clock.nanoTime());
        } finally {
            store.transfers().release();
            opened(null);
        }
        expires = secondary.expires();
        if (isClosed()) return;
        if (!secondary.fault().isEmpty()) {
            store.tell("zone " + apex + ": no transfer from " + secondary.fault());
        }
        Zone after = secondary.zone();
        if (after == null || after == before) return;
        try {
            kept.transferred(after, secondary.changes());
        } catch (IOException e) {
            // It is served all the same; after the next start it is asked for again.
            store.tell("zone " + apex + " was not kept: " + e.getMessage());
            store.serve(after);
        }
        store.transferred(after);
    }

    private Flow open(Secondary.Request request) throws IOException {
        Flow opened = store.connector().connect(request.primary().endpoint());
        opened(opened);
        return opened;
    }

    private void opened(@Nullable Flow opened) {
        lock.lock();
        try {
            flow = opened;
            if (closed && opened != null) {
                opened.abort();
            }
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        lock.lock();
        try {
            while (!heard && !closed) {
                long left = secondary.nextDeadline() - clock.nanoTime();
                if (left <= 0) return;
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeNotice() {
        lock.lock();
        try {
            if (heard) {
                secondary.notified(heardSerial, clock.nanoTime());
            }
            heard = false;
        } finally {
            lock.unlock();
        }
    }

    /// Has an update made by a primary, and asks for what became of it.
    @Nullable ReadOnlyCstruct handOn(ReadOnlyCstruct request) {
        ReadOnlyCstruct answer = handover.exchange(request);
        if (answer != null && HeaderWire.rcode(HeaderWire.flags(answer)) == Rcode.NOERROR) {
            notified(null);
        }
        return answer;
    }

    int expireSeconds(Zone zone) {
        long left = (expires - clock.nanoTime()) / SECOND;
        long most = Integer.toUnsignedLong(zone.soa().expire());
        return (int) Math.clamp(left, 0, most);
    }

    /// Hears that there may be something new. Any thread.
    void notified(@Nullable Integer serial) {
        lock.lock();
        try {
            heard = true;
            heardSerial = serial;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (flow != null) {
                flow.abort();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
