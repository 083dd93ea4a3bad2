// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Decoded;
import io.mirage4j.tcpip.wire.GroupRecord;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.MldMessage;
import io.mirage4j.tcpip.wire.Verdict;

import java.util.List;

/// MLDv2 as a listener (RFC 3810), which speaks version 1 while a router does (8.2.1).
final class Mld {
    /// The low halves of ff02::2 and ff02::16.
    private static final long ALL_ROUTERS = 2;

    private static final long MLDV2_ROUTERS = 0x16;

    /// RFC 3810, 9.12.
    private static final long OLDER_QUERIER_PRESENT = 260_000_000_000L;

    private static final long MILLI = 1_000_000;

    private final Stack stack;
    private long version1Until = Long.MIN_VALUE;

    Mld(Stack stack) {
        this.stack = stack;
    }

    Verdict receive(Arrival a, long now) {
        // RFC 3810, 6.2
        if (!Addresses.isLinkLocal(a.sourceHigh, a.sourceLow) || a.hopLimit != 1) {
            return Verdict.MLD_BAD_SOURCE;
        }
        return switch (MldMessage.parse(a.buf, a.off, a.len)) {
            case Decoded.Refused<MldMessage>(Verdict verdict) -> verdict;
            case Decoded.Whole<MldMessage>(MldMessage message) -> handle(message, now);
        };
    }

    private Verdict handle(MldMessage message, long now) {
        return switch (message) {
            case MldMessage.Brief query -> {
                if (query.type() != IcmpWire.MLD_QUERY) yield Verdict.OK;
                version1Until = now + OLDER_QUERIER_PRESENT;
                yield query(query.group(), List.of(), query.maxResponse(), now);
            }
            case MldMessage.Query query ->
                    query(
                            query.group(),
                            query.sources(),
                            MldMessage.millis(query.maxResponse()),
                            now);
            case MldMessage.Report _ -> Verdict.OK;
        };
    }

    private Verdict query(Ipv6Address group, List<Ipv6Address> sources, int millis, long now) {
        if (!group.isUnspecified() && !group.isMulticast()) return Verdict.MLD_BAD_GROUP;
        stack.groups.query(group.high(), group.low(), sources, millis * MILLI, now);
        return Verdict.OK;
    }

    /// Tells routers of a group. Those of version 1 know of no sources: they learn that it is
    /// heard, or not, and of a source-specific one nothing (RFC 4604, 2.2.2).
    void report(Group group, List<GroupRecord> records, long now) {
        if (version1Until <= now) {
            send(Addresses.LINK_GROUPS, MLDV2_ROUTERS, new MldMessage.Report(0, records), now);
            return;
        }
        if (Addresses.isSourceSpecific(group.high, group.low)) return;
        var address = new Ipv6Address(group.high, group.low);
        if (group.isHeard()) {
            var message = new MldMessage.Brief(IcmpWire.MLD_REPORT, 0, 0, address);
            send(group.high, group.low, message, now);
        } else {
            var message = new MldMessage.Brief(IcmpWire.MLD_DONE, 0, 0, address);
            send(Addresses.LINK_GROUPS, ALL_ROUTERS, message, now);
        }
    }

    private void send(long high, long low, MldMessage message, long now) {
        Cstruct octets = Cstruct.create(message.lengthOctets());
        message.emit(octets, 0);
        // RFC 3810, 5.2.13: from `::` while there is no link-local address.
        LocalAddress source = stack.locals.linkLocal();
        stack.discovery.send(source, high, low, 1, true, octets, now);
    }
}
