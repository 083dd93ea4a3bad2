// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.GroupRecord;
import io.mirage4j.tcpip.wire.IgmpMessage;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.Verdict;

import java.util.List;

/// IGMPv3 as a host (RFC 3376), which speaks version 2 or 1 while a router does (7.2.1).
final class Igmp {
    private static final int ALL_ROUTERS = 0xe000_0002;
    private static final int IGMPV3_ROUTERS = 0xe000_0016;

    /// RFC 3376, 8.12: robustness times query interval, and one response.
    private static final long OLDER_QUERIER_PRESENT = 260_000_000_000L;

    private static final long TENTH = 100_000_000;

    private final Stack stack;
    private final Departure departure = new Departure();
    private long version1Until = Long.MIN_VALUE;
    private long version2Until = Long.MIN_VALUE;

    Igmp(Stack stack) {
        this.stack = stack;
    }

    Verdict receive(Arrival a, long now) {
        return switch (IgmpMessage.parse(a.buf, a.off, a.len)) {
            case Decoded.Refused<IgmpMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<IgmpMessage>(IgmpMessage message) -> handle(message, now);
        };
    }

    private Verdict handle(IgmpMessage message, long now) {
        return switch (message) {
            case IgmpMessage.Brief(int type, int maxResponse, Ipv4Address group) -> {
                if (type != IgmpMessage.QUERY) yield Verdict.OK;
                if (maxResponse == 0) {
                    version1Until = now + OLDER_QUERIER_PRESENT;
                } else {
                    version2Until = now + OLDER_QUERIER_PRESENT;
                }
                yield query(group, List.of(), maxResponse == 0 ? 100 : maxResponse, now);
            }
            case IgmpMessage.Query query ->
                    query(
                            query.group(),
                            query.sources(),
                            IgmpMessage.tenths(query.maxResponse()),
                            now);
            // Other hosts' reports: since version 3 nobody keeps silent for them.
            case IgmpMessage.Report _ -> Verdict.OK;
        };
    }

    private Verdict query(Ipv4Address group, List<Ipv4Address> sources, int tenths, long now) {
        if (!group.isUnspecified() && !group.isMulticast()) return Verdict.IGMP_BAD_GROUP;
        stack.groups.query(0, Addresses.mapped(group.bits()), sources, tenths * TENTH, now);
        return Verdict.OK;
    }

    /// Tells routers of a group. Those of older versions know of no sources: they learn that it is
    /// heard, or not, and of a source-specific one nothing (RFC 4604, 2.2.2).
    void report(Group group, List<GroupRecord> records, long now) {
        boolean first = version1Until > now;
        if (!first && version2Until <= now) {
            send(IGMPV3_ROUTERS, new IgmpMessage.Report(0, 0, records), now);
            return;
        }
        if (Addresses.isSourceSpecific(group.high, group.low) || (first && !group.isHeard())) {
            return;
        }
        var address = new Ipv4Address((int) group.low);
        int joined = first ? IgmpMessage.V1_REPORT : IgmpMessage.V2_REPORT;
        if (group.isHeard()) {
            send(address.bits(), new IgmpMessage.Brief(joined, 0, address), now);
        } else {
            send(ALL_ROUTERS, new IgmpMessage.Brief(IgmpMessage.LEAVE, 0, address), now);
        }
    }

    private void send(int destination, IgmpMessage message, long now) {
        Departure to = departure.to(0, Addresses.mapped(destination), IpProtocol.IGMP);
        LocalAddress source = stack.locals.select(0, Addresses.mapped(destination));
        if (source != null) {
            to.from(source.high, source.low);
        }
        // RFC 3376, 4: TTL 1, precedence of internetwork control, router alert.
        to.hopLimit = 1;
        to.tos = 0xc0;
        to.routerAlert = true;
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        stack.count(stack.output.send(to, octets, octets.length(), Cstruct.empty(), 0, 0, now));
    }
}
