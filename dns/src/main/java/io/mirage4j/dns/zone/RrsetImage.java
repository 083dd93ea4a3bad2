// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.zone;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Rdata;
import io.mirage4j.dns.RrType;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of records as it goes out: each record with two octets for a pointer to its owner, and two
/// for one to the zone's apex wherever a compressible name in the data ends in it. What a message
/// adds is the values of these pointers.
final class RrsetImage {
    static final RrsetImage[] NONE = {};

    private static final int[] NO_FIXUPS = {};
    private static final byte[] HEAD = new byte[2];
    private static final byte[] NOTHING = {};
    private static final int RECORD_HEAD = 12;

    final int type;
    final int ttl;
    final int count;
    final byte[] octets;

    /// Where in [#octets] a pointer goes: to the owner where it is positive, to the apex where it
    /// is negative (the complement is the place). The first owner's, at 0, is not among them.
    final int[] fixups;

    /// The signatures of the set, with the same owner.
    @Nullable RrsetImage signatures;

    /// For sets that name hosts of this zone, where those are or would be; else empty.
    Place[] targets = Place.NONE;

    /// Where in [#octets] the name of each of the targets begins.
    int[] targetOffs = NO_FIXUPS;

    /// The data of the first record of an alias, CNAME or DNAME; of other types nothing.
    final byte[] target;

    private RrsetImage(int type, int ttl, List<Rdata> data, byte[] octets, int[] fixups) {
        this.type = type;
        this.ttl = ttl;
        this.count = data.size();
        boolean alias = type == RrType.CNAME || type == RrType.DNAME;
        this.target = alias ? data.getFirst().toByteArray() : NOTHING;
        this.octets = octets;
        this.fixups = fixups;
    }

    static RrsetImage of(int type, int rrClass, int ttl, List<Rdata> data, DnsName apex) {
        if (names(type) == 0) return plain(type, rrClass, ttl, data);
        var out = new ByteArrayOutputStream(32 * data.size());
        int[] fixups = new int[4 * data.size()];
        int fixed = 0;
        for (Rdata one : data) {
            int start = out.size();
            if (start > 0) {
                fixups[fixed++] = start;
            }
            out.writeBytes(HEAD);
            u16(out, type);
            u16(out, rrClass);
            u16(out, ttl >>> 16);
            u16(out, ttl);
            byte[] octets = one.toByteArray();
            var rdata = new ByteArrayOutputStream(octets.length);
            int at = 0;
            for (int i = names(type); i > 0; i--) {
                if (at == 0 && type == RrType.MX) {
                    rdata.write(octets, 0, 2);
                    at = 2;
                }
                int end = nameEnd(octets, at);
                int cut = suffixAt(octets, at, end, apex);
                if (cut < 0) {
                    rdata.write(octets, at, end - at);
                } else {
                    rdata.write(octets, at, cut - at);
                    fixups[fixed++] = ~(start + RECORD_HEAD + rdata.size());
                    rdata.writeBytes(HEAD);
                }
                at = end;
            }
            rdata.write(octets, at, octets.length - at);
            u16(out, rdata.size());
            out.writeBytes(rdata.toByteArray());
        }
        return new RrsetImage(type, ttl, data, out.toByteArray(), Arrays.copyOf(fixups, fixed));
    }

    /// Data without a name that may be compressed, as most is.
    private static RrsetImage plain(int type, int rrClass, int ttl, List<Rdata> data) {
        int size = 0;
        for (Rdata one : data) size += RECORD_HEAD + one.lengthOctets();
        byte[] octets = new byte[size];
        Cstruct out = Cstruct.of(octets);
        int[] fixups = data.size() == 1 ? NO_FIXUPS : new int[data.size() - 1];
        int at = 0;
        for (int i = 0; i < data.size(); i++) {
            Rdata one = data.get(i);
            if (i > 0) {
                fixups[i - 1] = at;
            }
            out.putU16be(at + 2, type);
            out.putU16be(at + 4, rrClass);
            out.putU32be(at + 6, ttl);
            out.putU16be(at + 10, one.lengthOctets());
            one.write(out, at + RECORD_HEAD);
            at += RECORD_HEAD + one.lengthOctets();
        }
        return new RrsetImage(type, ttl, data, octets, fixups);
    }

    /// The data again, as it was before.
    List<Rdata> data(DnsName apex) {
        List<Rdata> data = new ArrayList<>(count);
        byte[] whole = apex.toByteArray();
        for (int at = 0, fixup = 0; at < octets.length; ) {
            int off = at + RECORD_HEAD;
            int end = off + ((octets[at + 10] & 0xff) << 8 | (octets[at + 11] & 0xff));
            var rdata = new ByteArrayOutputStream(end - off + whole.length);
            for (; fixup < fixups.length && fixups[fixup] < 0; fixup++) {
                int pointer = ~fixups[fixup];
                rdata.write(octets, off, pointer - off);
                rdata.writeBytes(whole);
                off = pointer + 2;
            }
            rdata.write(octets, off, end - off);
            data.add(Rdata.of(type, rdata.toByteArray()));
            at = end;
            fixup++; // the owner's of the next record
        }
        return data;
    }

    boolean sameAs(@Nullable RrsetImage other) {
        return other != null
                && ttl == other.ttl
                && Arrays.equals(octets, other.octets)
                && Arrays.equals(fixups, other.fixups);
    }

    /// How many names, at the start of the data but for MX, may be compressed (RFC 3597, 4).
    private static int names(int type) {
        return switch (type) {
            case RrType.NS,
                    RrType.CNAME,
                    RrType.PTR,
                    RrType.MX,
                    RrType.MB,
                    RrType.MD,
                    RrType.MF,
                    RrType.MG,
                    RrType.MR ->
                    1;
            case RrType.SOA, RrType.MINFO -> 2;
            default -> 0;
        };
    }

    /// Where in the data of a type that names a host that name begins, or -1.
    static int targetOff(int type) {
        return switch (type) {
            case RrType.NS -> 0;
            case RrType.MX -> 2;
            case RrType.SRV -> 6;
            default -> -1;
        };
    }

    static int nameEnd(byte[] octets, int off) {
        int at = off;
        while (octets[at] != 0) at += octets[at] + 1;
        return at + 1;
    }

    /// Where in the name from `off` to `end` the apex begins; -1 if it is not below it, or the apex
    /// is the root, which is shorter than a pointer.
    static int suffixAt(byte[] octets, int off, int end, DnsName apex) {
        int length = apex.lengthOctets();
        if (length == 1) return -1;
        for (int at = off; end - at >= length; at += octets[at] + 1) {
            if (end - at > length) continue;
            for (int i = 0; i < length; i++) {
                if (lower(octets[at + i]) != lower(apex.u8(i))) return -1;
            }
            return at;
        }
        return -1;
    }

    static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet & 0xff;
    }

    private static void u16(ByteArrayOutputStream out, int v) {
        out.write(v >> 8);
        out.write(v);
    }
}
