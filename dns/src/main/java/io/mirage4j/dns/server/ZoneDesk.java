// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.transfer.TransferWriter;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;

import org.jspecify.annotations.Nullable;

/// Requests that are about a zone as a whole: transfers, updates, notifications. Who may is decided
/// here; what comes of it is an rcode.
final class ZoneDesk {
    private final MessageView query;
    private final Signature signature;
    Zones zones = Zones.NONE;
    ServerPolicy policy = ServerPolicy.STANDARD;
    ZoneRequests requests = ZoneRequests.NONE;

    /// @param query the request at hand
    /// @param signature what its TSIG record means
    ZoneDesk(MessageView query, Signature signature) {
        this.query = query;
        this.signature = signature;
    }

    /// The rcode for whoever wants a transfer; NOERROR if that is to follow, by [#records].
    int transfer(DnsName apex, IpAddress client, boolean stream) {
        Zone zone = zone(apex);
        if (zone == null) return missing(apex);
        if (!policy.access(apex).transfer().allows(client, signature.key())) return Rcode.REFUSED;
        // RFC 5936, 4.2: AXFR is for streams alone.
        boolean incremental = query.questionType() == RrType.IXFR;
        boolean meant = incremental ? TransferAnswer.serial(query) != null : stream;
        return meant ? Rcode.NOERROR : Rcode.FORMERR;
    }

    /// What a transfer is made of.
    TransferWriter records(Zone zone) {
        Integer serial = query.questionType() == RrType.IXFR ? TransferAnswer.serial(query) : null;
        return serial == null ? TransferWriter.whole(zone) : TransferWriter.since(serial, zone);
    }

    /// RFC 2136, 3.1: the zone section names one zone of this server.
    int update(DnsName apex, IpAddress client) {
        if (query.questionType() != RrType.SOA) return Rcode.FORMERR;
        Zone zone = zone(apex);
        if (zone == null) return missing(apex);
        if (!policy.access(apex).update().allows(client, signature.key())) return Rcode.REFUSED;
        return switch (Message.parse(query.message())) {
            case Parsed.Value<Message>(Message request) -> requests.update(zone, request);
            case Parsed.Malformed<Message> malformed -> Rcode.FORMERR;
        };
    }

    /// Whether an update is to be handed on; who may have that is decided by [#mayHandOn].
    boolean handsOn(DnsName apex) {
        return query.questionType() == RrType.SOA
                && query.questionClass() == RrClass.IN
                && requests.handsOn(apex);
    }

    int expireSeconds(Zone zone) {
        return requests.expireSeconds(zone);
    }

    boolean mayHandOn(DnsName apex, IpAddress client) {
        return policy.access(apex).update().allows(client, signature.key());
    }

    @Nullable ReadOnlyCstruct handOn(DnsName apex) {
        return requests.handOn(apex, query.message());
    }

    /// RFC 1996, 3.
    int notified(DnsName apex, IpAddress client) {
        if (query.questionType() != RrType.SOA) return Rcode.FORMERR;
        boolean ours = policy.has(apex) || zones.get(apex) != null;
        if (query.questionClass() != RrClass.IN || !ours) return Rcode.NOTAUTH;
        if (!policy.access(apex).notifies().allows(client, signature.key())) return Rcode.REFUSED;
        Integer serial = TransferAnswer.notifiedSerial(query);
        return requests.notified(apex, client, serial) ? Rcode.NOERROR : Rcode.NOTAUTH;
    }

    @Nullable Zone zone(DnsName apex) {
        return query.questionClass() == RrClass.IN ? zones.get(apex) : null;
    }

    private int missing(DnsName apex) {
        boolean ours = query.questionClass() == RrClass.IN && policy.has(apex);
        return ours ? Rcode.SERVFAIL : Rcode.NOTAUTH;
    }
}
