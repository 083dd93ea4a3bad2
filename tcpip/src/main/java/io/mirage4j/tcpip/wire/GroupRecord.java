// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.wire;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.IpAddress;

import java.util.ArrayList;
import java.util.List;

/// What a host says of one group, in reports of IGMPv3 (RFC 3376, 4.2.4) and MLDv2 (RFC 3810,
/// 5.2.4).
///
/// @param auxiliary words at the end that no version defines, ignored and kept
public record GroupRecord(
        int type, IpAddress group, List<IpAddress> sources, ReadOnlyCstruct auxiliary) {
    public static final int IS_INCLUDE = 1;
    public static final int IS_EXCLUDE = 2;
    public static final int TO_INCLUDE = 3;
    public static final int TO_EXCLUDE = 4;
    public static final int ALLOW = 5;
    public static final int BLOCK = 6;

    private static final int HEADER = 4;

    public GroupRecord {
        sources = List.copyOf(sources);
    }

    /// Without sources.
    public static GroupRecord of(int type, IpAddress group) {
        return of(type, group, List.of());
    }

    public static GroupRecord of(int type, IpAddress group, List<IpAddress> sources) {
        return new GroupRecord(type, group, sources, Cstruct.empty().readOnly());
    }

    /// Reads `count` records, whose addresses have `size` octets.
    static Decoded<List<GroupRecord>> parseAll(
            ReadOnlyCstruct buf, int off, int len, int count, int size) {
        List<GroupRecord> records = new ArrayList<>();
        int at = off;
        int end = off + len;
        for (int i = 0; i < count; i++) {
            if (at + HEADER + size > end) return Decoded.refused(Verdict.MLD_TRUNCATED);
            int sources = buf.u16be(at + 2);
            int auxiliary = buf.u8(at + 1) << 2;
            int length = HEADER + size + size * sources + auxiliary;
            if (at + length > end) return Decoded.refused(Verdict.MLD_TRUNCATED);
            byte[] rest = buf.toByteArray(at + length - auxiliary, auxiliary);
            records.add(
                    new GroupRecord(
                            buf.u8(at),
                            IpAddress.read(buf, at + HEADER, size),
                            addresses(buf, at + HEADER + size, sources, size),
                            Cstruct.of(rest).readOnly()));
            at += length;
        }
        return Decoded.of(records);
    }

    static List<IpAddress> addresses(ReadOnlyCstruct buf, int off, int count, int size) {
        List<IpAddress> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(IpAddress.read(buf, off + i * size, size));
        }
        return result;
    }

    static void putAddresses(Cstruct buf, int off, List<? extends IpAddress> addresses) {
        int at = off;
        for (IpAddress address : addresses) {
            address.write(buf, at);
            at += address.lengthOctets();
        }
    }

    static int lengthOctets(List<GroupRecord> records) {
        int length = 0;
        for (GroupRecord record : records) {
            length += record.lengthOctets();
        }
        return length;
    }

    public int lengthOctets() {
        return HEADER + group.lengthOctets() * (1 + sources.size()) + auxiliary.length();
    }

    static void emitAll(List<GroupRecord> records, Cstruct buf, int off) {
        int at = off;
        for (GroupRecord record : records) {
            record.emit(buf, at);
            at += record.lengthOctets();
        }
    }

    private void emit(Cstruct buf, int off) {
        int size = group.lengthOctets();
        buf.putU8(off, type);
        buf.putU8(off + 1, auxiliary.length() >>> 2);
        buf.putU16be(off + 2, sources.size());
        group.write(buf, off + HEADER);
        putAddresses(buf, off + HEADER + size, sources);
        buf.put(off + HEADER + size * (1 + sources.size()), auxiliary);
    }
}
