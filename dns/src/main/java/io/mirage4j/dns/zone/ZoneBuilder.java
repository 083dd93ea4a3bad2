// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.ZoneFault;
import io.mirage4j.dns.ZoneReader;
import io.mirage4j.dns.ZoneRules;
import io.mirage4j.dns.ZoneSink;
import io.mirage4j.platform.Kv;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the records of a zone in any order, checks them as a whole, and makes a [Zone] of them.
///
/// ```java
/// switch (ZoneBuilder.read(files, "example.org.zone", DnsName.of("example.org."))) {
///     case ZoneBuilder.Good(Zone zone, List<ZoneFault> warnings) -> serve(zone);
///     case ZoneBuilder.Bad(List<ZoneFault> faults) -> faults.forEach(System.err::println);
/// }
/// ```
public final class ZoneBuilder implements ZoneSink {
    /// What became of a zone.
    public sealed interface Result {}

    /// A zone that can be served.
    public record Good(Zone zone, List<ZoneFault> warnings) implements Result {
        public Good {
            warnings = List.copyOf(warnings);
        }
    }

    /// Why there is no zone: all reasons.
    public record Bad(List<ZoneFault> faults) implements Result {
        public Bad {
            faults = List.copyOf(faults);
        }
    }

    /// A stranger's zone is no reason to keep any number of texts.
    private static final int MOST_WARNINGS = 100;

    /// A record and where it stood.
    record Entry(int type, int ttl, Rdata data, String file, int line) {
        boolean isSignature() {
            return type == RrType.RRSIG;
        }

        /// The type of the set that the record belongs to, or signs.
        int setType() {
            return isSignature() ? data.u8(0) << 8 | data.u8(1) : type;
        }
    }

    private final DnsName apex;
    private final boolean trusting;

    /// In the order in which they came, which is mostly that of their records in memory: half of
    /// the time that a large zone takes is waiting for that.
    private final Map<DnsName, List<Entry>> owners = new LinkedHashMap<>();

    private final List<ZoneFault> faults = new ArrayList<>();
    private final List<ZoneFault> warnings = new ArrayList<>();
    private boolean hasDname;

    /// The zone's file, and the place in it, or in what it includes, that is read.
    private String path = "";

    private String file = "";
    private int line;
    private DnsName lastOwner = DnsName.ROOT;
    private List<Entry> lastEntries = List.of();

    public ZoneBuilder(DnsName apex) {
        this(apex, false);
    }

    private ZoneBuilder(DnsName apex, boolean trusting) {
        this.apex = apex;
        this.trusting = trusting;
    }

    /// For what the zone's own server says is in it: all that can be served is, and faults that
    /// only a person can mend are warnings.
    public static ZoneBuilder trusting(DnsName apex) {
        return new ZoneBuilder(apex, true);
    }

    /// The records of a zone, to be changed; trusting.
    public static ZoneBuilder of(Zone zone) {
        ZoneBuilder builder = trusting(zone.apex());
        builder.addAll(zone.each());
        return builder;
    }

    public void addAll(Iterator<ResourceRecord> records) {
        while (records.hasNext()) add(records.next());
    }

    public void add(ResourceRecord record) {
        record(record.name(), record.rrClass(), record.ttl(), record.data());
    }

    /// Takes a record away, whatever its TTL; false if there is none with that data.
    public boolean remove(ResourceRecord record) {
        List<Entry> entries = owners.get(record.name());
        if (entries == null) return false;
        boolean found = entries.removeIf(entry -> entry.data().equals(record.data()));
        // Whoever adds records to this name next makes a list anew.
        if (entries.isEmpty()) {
            owners.remove(record.name());
            lastEntries = List.of();
        }
        return found;
    }

    /// Makes a change; false if it is none of this zone, some of what it removes not being there.
    public boolean apply(ZoneChange change) {
        boolean found = true;
        for (ResourceRecord record : change.removed()) found &= remove(record);
        change.added().forEach(this::add);
        return found;
    }

    /// What changes, one after the other, make of a zone; it stays as it is. Where nothing is
    /// signed that takes the time that the changes are worth, however large the zone is; else the
    /// time to lay it out.
    public static Result next(Zone zone, List<ZoneChange> changes) {
        boolean partly = isPlain(zone, changes);
        Set<DnsName> touched = new LinkedHashSet<>(List.of(zone.apex()));
        for (ZoneChange change : changes) {
            for (ResourceRecord record : change.removed()) touched.add(record.name());
            for (ResourceRecord record : change.added()) touched.add(record.name());
        }
        ZoneBuilder builder = trusting(zone.apex());
        if (partly) for (DnsName name : touched) builder.addAll(ZoneRecords.at(zone, name));
        else builder.addAll(zone.each());
        for (ZoneChange change : changes) {
            if (!builder.apply(change)) {
                builder.fault("changes of what is not there");
            }
        }
        if (!partly) return builder.build();
        touched.removeIf(name -> !name.isBelow(zone.apex()));
        new ZoneChecks(builder).run();
        if (!builder.faults.isEmpty()) return new Bad(builder.faults);
        // Those warn of hosts that are elsewhere in the zone, too.
        return new Good(new ZoneLayout(builder, zone, touched).zone(), List.of());
    }

    /// Whether names can be laid out without the others: in what is signed they hang together.
    private static boolean isPlain(Zone zone, List<ZoneChange> changes) {
        return !zone.isSigned()
                && zone.apart.length == 0
                && changes.stream()
                        .flatMap(change -> change.added().stream())
                        .noneMatch(record -> isOfChain(record.type()));
    }

    private static boolean isOfChain(int type) {
        return type == RrType.NSEC || type == RrType.NSEC3 || type == RrType.NSEC3PARAM;
    }

    /// Reads and checks a zone file.
    ///
    /// @throws IOException if there is no such file
    public static Result read(Kv files, String path, DnsName apex) throws IOException {
        var builder = new ZoneBuilder(apex);
        builder.path = path;
        new ZoneReader(files, ZoneRules.STANDARD).read(path, apex, builder);
        return builder.build();
    }

    /// The version that the SOA record tells; null without one.
    public @Nullable Integer serial() {
        for (Entry entry : owners.getOrDefault(apex, List.of())) {
            if (entry.data().value() instanceof RecordData.Soa soa) return soa.serial();
        }
        return null;
    }

    @Override
    public void at(String file, int line) {
        this.file = file;
        this.line = line;
    }

    @Override
    public void record(DnsName owner, int rrClass, int ttl, Rdata data) {
        if (rrClass != RrClass.IN) {
            fault(file, line, "class " + RrClass.name(rrClass) + " is not served");
            return;
        }
        if (!owner.equals(lastOwner) || lastEntries.isEmpty()) {
            if (!owner.isBelow(apex)) {
                warning(file, line, owner + " is not in the zone " + apex + " and left out");
                return;
            }
            lastEntries = owners.computeIfAbsent(owner, any -> new ArrayList<>(2));
            lastOwner = owner;
        }
        hasDname |= data.type() == RrType.DNAME;
        lastEntries.add(new Entry(data.type(), ttl, data, file, line));
    }

    @Override
    public void fault(ZoneFault fault) {
        faults.add(fault);
    }

    /// Of the zone as a whole.
    void fault(String cause) {
        fault(path, 0, cause);
    }

    private void fault(String file, int line, String cause) {
        faults.add(new ZoneFault(file, line, 1, cause, false));
    }

    void fault(Entry at, String cause) {
        fault(at.file, at.line, cause);
    }

    /// What is a fault in a file of one's own.
    void doubt(Entry at, String cause) {
        if (trusting) warning(at, cause);
        else fault(at, cause);
    }

    void warning(Entry at, String cause) {
        warning(at.file, at.line, cause);
    }

    private void warning(String file, int line, String cause) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(new ZoneFault(file, line, 1, cause, false));
        }
    }

    DnsName apex() {
        return apex;
    }

    /// Whether there is, or was, a DNAME.
    boolean hasDname() {
        return hasDname;
    }

    Map<DnsName, List<Entry>> owners() {
        return owners;
    }

    /// The zone, if nothing was wrong.
    public Result build() {
        new ZoneChecks(this).run();
        if (!faults.isEmpty()) return new Bad(faults);
        return new Good(new ZoneLayout(this).zone(), warnings);
    }

    static String typeName(int type) {
        return RrType.name(type);
    }
}
