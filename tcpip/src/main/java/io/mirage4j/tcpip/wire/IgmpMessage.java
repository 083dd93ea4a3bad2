// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Ipv4Address;

import java.util.List;

/// A message of IGMP, of any version (RFC 1112, RFC 2236, RFC 3376).
public sealed interface IgmpMessage {
    int QUERY = 0x11;
    int V1_REPORT = 0x12;
    int V2_REPORT = 0x16;
    int LEAVE = 0x17;
    int V3_REPORT = 0x22;

    /// A query of version 1 or 2, a report of one of these, or a leave: 8 octets.
    ///
    /// @param maxResponse tenths of a second; 0 in version 1
    record Brief(int type, int maxResponse, Ipv4Address group) implements IgmpMessage {}

    /// A query of version 3.
    ///
    /// @param maxResponse its code: see [#tenths]
    /// @param flags S and QRV
    record Query(
            int maxResponse, Ipv4Address group, int flags, int interval, List<Ipv4Address> sources)
            implements IgmpMessage {
        public Query {
            sources = List.copyOf(sources);
        }
    }

    record Report(int reserved, int reserved2, List<GroupRecord> records) implements IgmpMessage {
        public Report {
            records = List.copyOf(records);
        }
    }

    /// What a code of 8 bits means: a number, above 127 a floating point one (RFC 3376, 4.1.1).
    static int tenths(int code) {
        return code < 128 ? code : ((code & 0xf) | 0x10) << ((code >>> 4 & 7) + 3);
    }

    /// Reads the message in `len` octets; what follows its end is ignored.
    static Decoded<IgmpMessage> parse(ReadOnlyCstruct buf, int off, int len) {
        if (len < 8) return Decoded.refused(Verdict.IGMP_TRUNCATED);
        if (!InternetChecksum.isValid(InternetChecksum.onesComplementSum(buf, off, len))) {
            return Decoded.refused(Verdict.IGMP_BAD_CHECKSUM);
        }
        int type = buf.u8(off);
        return switch (type) {
            case QUERY -> len < 12 ? Decoded.of(small(buf, off)) : query(buf, off, len);
            case V1_REPORT, V2_REPORT, LEAVE -> Decoded.of(small(buf, off));
            case V3_REPORT -> report(buf, off, len);
            default -> Decoded.refused(Verdict.IGMP_TYPE_UNKNOWN);
        };
    }

    private static IgmpMessage small(ReadOnlyCstruct buf, int off) {
        return new Brief(buf.u8(off), buf.u8(off + 1), Ipv4Address.read(buf, off + 4));
    }

    private static Decoded<IgmpMessage> query(ReadOnlyCstruct buf, int off, int len) {
        int sources = buf.u16be(off + 10);
        if (12 + 4 * sources > len) return Decoded.refused(Verdict.IGMP_TRUNCATED);
        return Decoded.of(
                new Query(
                        buf.u8(off + 1),
                        Ipv4Address.read(buf, off + 4),
                        buf.u8(off + 8),
                        buf.u8(off + 9),
                        GroupRecord.addresses(buf, off + 12, sources, 4).stream()
                                .map(Ipv4Address.class::cast)
                                .toList()));
    }

    private static Decoded<IgmpMessage> report(ReadOnlyCstruct buf, int off, int len) {
        return switch (GroupRecord.parseAll(buf, off + 8, len - 8, buf.u16be(off + 6), 4)) {
            case Decoded.Whole<List<GroupRecord>>(List<GroupRecord> records) ->
                    Decoded.of(new Report(buf.u8(off + 1), buf.u16be(off + 4), records));
            case Decoded.Refused<List<GroupRecord>> _ -> Decoded.refused(Verdict.IGMP_TRUNCATED);
        };
    }

    default int lengthOctets() {
        return switch (this) {
            case Brief _ -> 8;
            case Query query -> 12 + 4 * query.sources.size();
            case Report report -> 8 + GroupRecord.lengthOctets(report.records);
        };
    }

    /// Writes [#lengthOctets] octets at `off`, with their checksum.
    default void emit(Cstruct buf, int off) {
        buf.putU16be(off + 2, 0);
        switch (this) {
            case Brief(int type, int maxResponse, Ipv4Address group) -> {
                buf.putU8(off, type);
                buf.putU8(off + 1, maxResponse);
                group.write(buf, off + 4);
            }
            case Query query -> {
                buf.putU8(off, QUERY);
                buf.putU8(off + 1, query.maxResponse);
                query.group.write(buf, off + 4);
                buf.putU8(off + 8, query.flags);
                buf.putU8(off + 9, query.interval);
                buf.putU16be(off + 10, query.sources.size());
                GroupRecord.putAddresses(buf, off + 12, query.sources);
            }
            case Report report -> {
                buf.putU8(off, V3_REPORT);
                buf.putU8(off + 1, report.reserved);
                buf.putU16be(off + 4, report.reserved2);
                buf.putU16be(off + 6, report.records.size());
                GroupRecord.emitAll(report.records, buf, off + 8);
            }
        }
        long sum = InternetChecksum.onesComplementSum(buf, off, lengthOctets());
        buf.putU16be(off + 2, InternetChecksum.finish(sum));
    }
}
