// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv6Address;

import java.util.List;

/// A message of multicast listener discovery, of either version (RFC 2710, RFC 3810), from its
/// ICMPv6 type on. Its checksum is for ICMPv6 to judge.
public sealed interface MldMessage {
    /// A query of version 1, a report or a done: 24 octets.
    ///
    /// @param maxResponse milliseconds
    record Brief(int type, int maxResponse, int reserved, Ipv6Address group)
            implements MldMessage {}

    /// A query of version 2.
    ///
    /// @param maxResponse its code: see [#millis]
    /// @param flags S and QRV
    record Query(
            int maxResponse,
            int reserved,
            Ipv6Address group,
            int flags,
            int interval,
            List<Ipv6Address> sources)
            implements MldMessage {
        public Query {
            sources = List.copyOf(sources);
        }
    }

    record Report(int reserved, List<GroupRecord> records) implements MldMessage {
        public Report {
            records = List.copyOf(records);
        }
    }

    /// What a code of 16 bits means: a number, above 32767 a floating point one (RFC 3810, 5.1.3).
    static int millis(int code) {
        return code < 0x8000 ? code : ((code & 0xfff) | 0x1000) << ((code >>> 12 & 7) + 3);
    }

    /// Reads the message in `len` octets; what follows its end is ignored.
    static Decoded<MldMessage> parse(ReadOnlyCstruct buf, int off, int len) {
        if (len < 8) return Decoded.refused(Verdict.MLD_TRUNCATED);
        int type = IcmpWire.type(buf, off);
        if (type == IcmpWire.MLDV2_REPORT) return report(buf, off, len);
        if (type != IcmpWire.MLD_QUERY
                && type != IcmpWire.MLD_REPORT
                && type != IcmpWire.MLD_DONE) {
            return Decoded.refused(Verdict.ICMP_TYPE_UNKNOWN);
        }
        if (len < 24) return Decoded.refused(Verdict.MLD_TRUNCATED);
        int maxResponse = buf.u16be(off + 4);
        int reserved = buf.u16be(off + 6);
        Ipv6Address group = Ipv6Address.read(buf, off + 8);
        if (type != IcmpWire.MLD_QUERY || len < 28) {
            return Decoded.of(new Brief(type, maxResponse, reserved, group));
        }
        int sources = buf.u16be(off + 26);
        if (28 + 16 * sources > len) return Decoded.refused(Verdict.MLD_TRUNCATED);
        return Decoded.of(
                new Query(
                        maxResponse,
                        reserved,
                        group,
                        buf.u8(off + 24),
                        buf.u8(off + 25),
                        GroupRecord.addresses(buf, off + 28, sources, 16).stream()
                                .map(Ipv6Address.class::cast)
                                .toList()));
    }

    private static Decoded<MldMessage> report(ReadOnlyCstruct buf, int off, int len) {
        return switch (GroupRecord.parseAll(buf, off + 8, len - 8, buf.u16be(off + 6), 16)) {
            case Decoded.Whole<List<GroupRecord>>(List<GroupRecord> records) ->
                    Decoded.of(new Report(buf.u16be(off + 4), records));
            case Decoded.Refused<List<GroupRecord>> _ -> Decoded.refused(Verdict.MLD_TRUNCATED);
        };
    }

    default int lengthOctets() {
        return switch (this) {
            case Brief _ -> 24;
            case Query query -> 28 + 16 * query.sources.size();
            case Report report -> 8 + GroupRecord.lengthOctets(report.records);
        };
    }

    /// Writes [#lengthOctets] octets at `off`, with a checksum of 0.
    default void emit(Cstruct buf, int off) {
        switch (this) {
            case Brief(int type, int maxResponse, int reserved, Ipv6Address group) -> {
                IcmpWire.put(buf, off, type, 0, maxResponse << 16 | reserved);
                group.write(buf, off + 8);
            }
            case Query query -> {
                int rest = query.maxResponse << 16 | query.reserved;
                IcmpWire.put(buf, off, IcmpWire.MLD_QUERY, 0, rest);
                query.group.write(buf, off + 8);
                buf.putU8(off + 24, query.flags);
                buf.putU8(off + 25, query.interval);
                buf.putU16be(off + 26, query.sources.size());
                GroupRecord.putAddresses(buf, off + 28, query.sources);
            }
            case Report report -> {
                int rest = report.reserved << 16 | report.records.size();
                IcmpWire.put(buf, off, IcmpWire.MLDV2_REPORT, 0, rest);
                GroupRecord.emitAll(report.records, buf, off + 8);
            }
        }
    }
}
