// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.update.Journal;
import io.mirage4j.dns.update.Update;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneBuilder;
import io.mirage4j.dns.zone.ZoneChange;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// One zone of a store, its versions in their order: each is kept before it is served, and served
/// before anybody is told.
final class KeptZone {
    private final ZoneStore store;
    private final DnsName apex;
    private final @Nullable Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Zone current;

    KeptZone(ZoneStore store, DnsName apex, @Nullable Journal journal) {
        this.store = store;
        this.apex = apex;
        this.journal = journal;
        this.current = journal == null ? null : journal.zone();
    }

    /// What there is: at first what the journal has.
    @Nullable Zone current() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the zone as its file has it, if that is a later version, or nothing else could have
    /// changed it. Tells whether it was taken.
    boolean reload(Zone next) throws IOException {
        lock.lock();
        try {
            Zone old = current;
            if (old == null || (journal == null && !Serial.isAfter(next.serial(), old.serial()))) {
                if (journal != null) {
                    journal.restart(next);
                }
                serve(next);
                return true;
            }
            if (!Serial.isAfter(next.serial(), old.serial())) {
                serve(old);
                return false;
            }
            ZoneChange change = ZoneChange.between(old, next);
            keep(List.of(change), next.with(old.history().with(change)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a zone that came from a primary.
    void transferred(Zone next, List<ZoneChange> changes) throws IOException {
        lock.lock();
        try {
            keep(changes, next);
        } finally {
            lock.unlock();
        }
    }

    /// Serves no more what has expired; it stays in the journal.
    void expire() {
        lock.lock();
        try {
            store.withdraw(apex);
        } finally {
            lock.unlock();
        }
    }

    /// Serves what the journal had.
    void serveKept() {
        lock.lock();
        try {
            if (current != null) {
                serve(current);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes an update, as [io.mirage4j.dns.server.ZoneRequests#update] has it.
    int update(Message request) {
        lock.lock();
        try {
            Zone old = current;
            if (old == null) return Rcode.SERVFAIL;
            Update.Outcome outcome = Update.of(request, old);
            ZoneChange change = outcome.change();
            if (change == null) return outcome.rcode();
            var changes = List.of(change);
            if (!(ZoneBuilder.next(old, changes) instanceof ZoneBuilder.Good(Zone next, var any))) {
                return Rcode.SERVFAIL;
            }
            keep(changes, next.with(old.history().with(change)));
            return Rcode.NOERROR;
        } catch (IOException e) {
            store.tell("zone " + apex + ": update not made: " + e.getMessage());
            return Rcode.SERVFAIL;
        } finally {
            lock.unlock();
        }
    }

    private void keep(List<ZoneChange> changes, Zone next) throws IOException {
        if (journal != null) {
            journal.append(changes, next);
        }
        serve(next);
    }

    private void serve(Zone zone) {
        current = zone;
        store.serve(zone);
    }
}
