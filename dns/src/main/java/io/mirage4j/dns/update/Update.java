// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.update;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrSet;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.zone.Serial;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.ZoneChange;
import io.mirage4j.dns.zone.ZoneEdit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What an update does to a zone (RFC 2136, 3): all of it or nothing. Whether who sent it may is
/// somebody else's concern.
public final class Update {
    /// How it went.
    ///
    /// @param change null if nothing becomes different
    public record Outcome(int rcode, @Nullable ZoneChange change) {}

    private final ZoneEdit edit;
    private final DnsName apex;

    private Update(Zone zone) {
        edit = new ZoneEdit(zone);
        apex = zone.apex();
    }

    /// The change that a request makes of the zone it names.
    public static Outcome of(Message request, Zone zone) {
        // What is signed must be signed again, and nobody here can.
        if (zone.isSigned()) return new Outcome(Rcode.REFUSED, null);
        var update = new Update(zone);
        int rcode = new Prerequisites(zone).check(request.answers());
        if (rcode == Rcode.NOERROR) {
            rcode = update.prescan(request.authorities());
        }
        if (rcode != Rcode.NOERROR) return new Outcome(rcode, null);
        for (ResourceRecord record : request.authorities()) update.apply(record);
        return new Outcome(Rcode.NOERROR, update.change());
    }

    /// 3.4.1: whether the records can be meant at all.
    private int prescan(List<ResourceRecord> records) {
        for (ResourceRecord record : records) {
            if (!record.name().isBelow(apex)) return Rcode.NOTZONE;
            boolean meta = record.type() >= RrType.TKEY && record.type() <= RrType.ANY;
            boolean wrong =
                    switch (record.rrClass()) {
                        case RrClass.IN -> meta || record.type() == RrType.OPT;
                        case RrClass.ANY ->
                                record.ttl() != 0
                                        || record.data().lengthOctets() != 0
                                        || (meta && record.type() != RrType.ANY);
                        case RrClass.NONE -> record.ttl() != 0 || meta;
                        default -> true;
                    };
            if (wrong) return Rcode.FORMERR;
            boolean signing =
                    record.type() == RrType.RRSIG
                            || record.type() == RrType.NSEC
                            || record.type() == RrType.NSEC3;
            if (signing) return Rcode.REFUSED;
        }
        return Rcode.NOERROR;
    }

    /// 3.4.2.
    private void apply(ResourceRecord record) {
        switch (record.rrClass()) {
            case RrClass.ANY -> {
                if (record.type() != RrType.ANY) removeSet(record.name(), record.type());
                else for (RrSet set : edit.sets(record.name())) removeSet(set.name(), set.type());
            }
            case RrClass.NONE -> remove(record);
            default -> add(record);
        }
    }

    /// 3.4.2.3: the SOA and NS sets of the zone stay.
    private void removeSet(DnsName name, int type) {
        boolean stays = name.equals(apex) && (type == RrType.SOA || type == RrType.NS);
        if (!stays) {
            edit.remove(name, type);
        }
    }

    /// 3.4.2.4: of them, also the last record.
    private void remove(ResourceRecord record) {
        RrSet set = edit.set(record.name(), record.type());
        if (set == null || record.type() == RrType.SOA) return;
        List<Rdata> left = new ArrayList<>(set.data());
        left.remove(record.data());
        if (!left.isEmpty()) {
            edit.put(new RrSet(set.name(), set.type(), RrClass.IN, set.ttl(), left));
        } else {
            removeSet(record.name(), record.type());
        }
    }

    /// 3.4.2.2: what can not stand beside what is there is left out without a word.
    private void add(ResourceRecord record) {
        DnsName name = record.name();
        int type = record.type();
        if (type == RrType.SOA && !isNewSoa(record)) return;
        for (RrSet set : edit.sets(name)) {
            boolean clash = (type == RrType.CNAME) != (set.type() == RrType.CNAME);
            if (clash && !livesBesideAlias(type) && !livesBesideAlias(set.type())) return;
        }
        RrSet set = edit.set(name, type);
        boolean single = type == RrType.SOA || type == RrType.CNAME || type == RrType.DNAME;
        List<Rdata> data = new ArrayList<>();
        if (set != null && !single) {
            data.addAll(set.data());
        }
        data.remove(record.data());
        data.add(record.data());
        edit.put(new RrSet(name, type, RrClass.IN, record.ttl(), data));
    }

    private static boolean livesBesideAlias(int type) {
        return type == RrType.KEY;
    }

    private boolean isNewSoa(ResourceRecord record) {
        RrSet old = edit.set(apex, RrType.SOA);
        return record.name().equals(apex)
                && old != null
                && Serial.isAfter(serial(record.data()), serial(old.data().getFirst()));
    }

    private static int serial(Rdata soa) {
        if (soa.value() instanceof RecordData.Soa fields) return fields.serial();
        throw new AssertionError("no SOA data: " + soa);
    }

    /// 3.6: the serial goes on where the update has not seen to it.
    private @Nullable ZoneChange change() {
        if (!edit.isChanged()) return null;
        RrSet soa = edit.set(apex, RrType.SOA);
        if (soa == null) throw new AssertionError("the SOA set of " + apex + " is gone");
        if (soa.data().getFirst().value() instanceof RecordData.Soa fields
                && fields.serial() == edit.zone().serial()) {
            var next =
                    new RecordData.Soa(
                            fields.primary(),
                            fields.mailbox(),
                            Serial.next(fields.serial()),
                            fields.refresh(),
                            fields.retry(),
                            fields.expire(),
                            fields.minimum());
            edit.put(new RrSet(apex, RrType.SOA, RrClass.IN, soa.ttl(), List.of(next.rdata())));
        }
        return edit.change();
    }
}
