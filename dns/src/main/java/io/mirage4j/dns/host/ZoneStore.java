// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.server.ZoneRequests;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.dns.update.Journal;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The zones of a server that change: primaries that are updated, and secondaries that follow their
/// primaries. What becomes of them is kept, served, and told to others, in that order.
///
/// ```java
/// var store = new ZoneStore(server, clock, entropy, connector, notifyPort, System.err::println);
/// store.primary(zone, new ZoneSettings(access, List.of(), disk));
/// store.secondary(apex, List.of(new Peer(primary, key)), ZoneSettings.STANDARD);
/// ```
///
/// Any thread may call any method.
public final class ZoneStore implements ZoneRequests, Closeable {
    private static final int MOST_TRANSFERS = 10;

    private final DnsServer server;
    private final Clock clock;
    private final Entropy entropy;
    private final Connector connector;
    private final NotifyDriver notifier;
    private final Consumer<String> log;
    private final Semaphore transfers = new Semaphore(MOST_TRANSFERS);
    private final Map<DnsName, KeptZone> zones = new ConcurrentHashMap<>();
    private final Map<DnsName, SecondaryDriver> secondaries = new ConcurrentHashMap<>();
    private final Map<DnsName, ZoneSettings> settings = new ConcurrentHashMap<>();
    private final Map<DnsName, Catalog> catalogs = new ConcurrentHashMap<>();

    /// A store that serves through `server` and takes its updates and notifications.
    ///
    /// @param connector to primaries
    /// @param notifyPort from which other servers are told; the store closes it
    /// @param log gets a line for what somebody should look at
    public ZoneStore(
            DnsServer server,
            Clock clock,
            Entropy entropy,
            Connector connector,
            Datagrams notifyPort,
            Consumer<String> log) {
        this(server, clock, entropy, connector, List.of(notifyPort), log);
    }

    /// As the other, for a server that has addresses of both versions of IP.
    ///
    /// @param notifyPorts each server is told from the first of its own version
    public ZoneStore(
            DnsServer server,
            Clock clock,
            Entropy entropy,
            Connector connector,
            List<Datagrams> notifyPorts,
            Consumer<String> log) {
        this.server = server;
        this.clock = clock;
        this.entropy = entropy;
        this.connector = connector;
        this.log = log;
        notifier = new NotifyDriver(notifyPorts, clock, entropy);
        server.requests(this);
    }

    /// Serves a zone from what its file has, or from its disk if that has a later version. Gives
    /// the one that it was.
    ///
    /// @throws IOException if the disk fails
    public Zone primary(Zone zone, ZoneSettings how) throws IOException {
        KeptZone kept = keep(zone.apex(), how);
        Zone later = kept.reload(zone) ? null : kept.current();
        if (later == null) return zone;
        log.accept("zone " + zone.apex() + ": the journal has serial " + serial(later));
        return later;
    }

    /// Takes a primary's zone as its file has it now; false if that is no later version than what
    /// updates have made of it.
    ///
    /// @throws IOException if there is no such zone, or the disk fails
    public boolean reload(Zone zone) throws IOException {
        KeptZone kept = zones.get(zone.apex());
        if (kept == null) throw new IOException("no zone " + zone.apex());
        return kept.reload(zone);
    }

    /// Follows a zone of other servers, from now on.
    ///
    /// @throws IOException if the disk fails
    public void secondary(DnsName apex, List<Peer> primaries, ZoneSettings how) throws IOException {
        KeptZone kept = keep(apex, how);
        kept.serveKept();
        var driver = new SecondaryDriver(this, kept, apex, primaries, clock);
        SecondaryDriver before = secondaries.put(apex, driver);
        if (before != null) {
            before.close();
        }
        driver.start();
    }

    /// Follows a catalog (RFC 9432) and every zone that it lists, from the same primaries.
    ///
    /// @param member how a zone of the catalog is kept
    /// @throws IOException if the disk fails
    public void catalog(
            DnsName apex, List<Peer> primaries, ZoneSettings how, Catalog.Members member)
            throws IOException {
        catalogs.put(apex, new Catalog(this, primaries, member));
        secondary(apex, primaries, how);
        Zone known = server.zones().get(apex);
        if (known != null) {
            transferred(known);
        }
    }

    private KeptZone keep(DnsName apex, ZoneSettings how) throws IOException {
        BlockDevice disk = how.disk();
        var kept = new KeptZone(this, apex, disk == null ? null : Journal.open(disk, apex));
        settings.put(apex, how);
        zones.put(apex, kept);
        synchronized (server) {
            server.policy(server.policy().with(apex, how.access()));
        }
        return kept;
    }

    /// Serves a zone no more, and closes its disk where that can be closed: the zone may come back.
    public void remove(DnsName apex) {
        SecondaryDriver driver = secondaries.remove(apex);
        if (driver != null) {
            driver.close();
        }
        ZoneSettings how = settings.remove(apex);
        synchronized (server) {
            zones.remove(apex);
            server.policy(server.policy().without(apex));
            withdraw(apex);
        }
        if (how == null || !(how.disk() instanceof Closeable disk)) return;
        try {
            disk.close();
        } catch (IOException e) {
            tell("zone " + apex + ": the journal was not closed: " + e.getMessage());
        }
    }

    void serve(Zone zone) {
        synchronized (server) {
            // A transfer may come to its end behind [#remove].
            if (!has(zone.apex())) return;
            server.zones(server.zones().with(zone));
        }
        ZoneSettings how = settings.get(zone.apex());
        if (how != null && !how.alsoNotify().isEmpty()) {
            notifier.announce(zone, how.alsoNotify());
        }
    }

    void withdraw(DnsName apex) {
        synchronized (server) {
            server.zones(server.zones().without(apex));
        }
    }

    /// Hears of a new version of a secondary.
    void transferred(Zone zone) {
        log.accept("zone " + zone.apex() + " serial " + serial(zone) + " transferred");
        Catalog catalog = catalogs.get(zone.apex());
        if (catalog != null) {
            catalog.changed(zone);
        }
    }

    private static String serial(Zone zone) {
        return Integer.toUnsignedString(zone.serial());
    }

    boolean has(DnsName apex) {
        return zones.containsKey(apex);
    }

    @Override
    public int update(Zone zone, Message request) {
        KeptZone kept = zones.get(zone.apex());
        if (kept == null) return Rcode.NOTIMP;
        if (secondaries.containsKey(zone.apex())) return Rcode.REFUSED;
        return kept.update(request);
    }

    @Override
    public boolean handsOn(DnsName apex) {
        return secondaries.containsKey(apex);
    }

    @Override
    public @Nullable ReadOnlyCstruct handOn(DnsName apex, ReadOnlyCstruct request) {
        SecondaryDriver driver = secondaries.get(apex);
        return driver == null ? null : driver.handOn(request);
    }

    @Override
    public int expireSeconds(Zone zone) {
        SecondaryDriver driver = secondaries.get(zone.apex());
        return driver == null ? zone.soa().expire() : driver.expireSeconds(zone);
    }

    @Override
    public boolean notified(DnsName apex, IpAddress client, @Nullable Integer serial) {
        SecondaryDriver driver = secondaries.get(apex);
        if (driver == null) return false;
        driver.notified(serial);
        return true;
    }

    Entropy entropy() {
        return entropy;
    }

    Connector connector() {
        return connector;
    }

    Semaphore transfers() {
        return transfers;
    }

    void tell(String line) {
        log.accept(line);
    }

    /// Follows nothing any more. The server goes on with the zones as they are.
    @Override
    public void close() throws IOException {
        secondaries.values().forEach(SecondaryDriver::close);
        notifier.close();
    }
}
