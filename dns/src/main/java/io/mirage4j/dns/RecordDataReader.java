// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Takes the octets of data apart, which are known to be data of their type.
final class RecordDataReader {
    private final byte[] octets;
    private int at;

    private RecordDataReader(byte[] octets) {
        this.octets = octets;
    }

    static RecordData read(Rdata rdata) {
        if (rdata.lengthOctets() == 0) return new RecordData.Other(rdata);
        var in = new RecordDataReader(rdata.octets());
        return switch (rdata.type()) {
            case RrType.A -> new RecordData.A(new Ipv4Address(in.u32()));
            case RrType.AAAA -> new RecordData.Aaaa(new Ipv6Address(in.u64(), in.u64()));
            case RrType.NS -> new RecordData.Ns(in.name());
            case RrType.CNAME -> new RecordData.Cname(in.name());
            case RrType.DNAME -> new RecordData.Dname(in.name());
            case RrType.PTR -> new RecordData.Ptr(in.name());
            case RrType.SOA ->
                    new RecordData.Soa(
                            in.name(), in.name(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
            case RrType.MX -> new RecordData.Mx(in.u16(), in.name());
            case RrType.TXT -> new RecordData.Txt(in.strings());
            case RrType.SRV -> new RecordData.Srv(in.u16(), in.u16(), in.u16(), in.name());
            case RrType.NAPTR ->
                    new RecordData.Naptr(
                            in.u16(), in.u16(), in.string(), in.string(), in.string(), in.name());
            case RrType.DS -> new RecordData.Ds(in.u16(), in.u8(), in.u8(), in.rest());
            case RrType.DNSKEY -> new RecordData.Dnskey(in.u16(), in.u8(), in.u8(), in.rest());
            case RrType.RRSIG ->
                    new RecordData.Rrsig(
                            in.u16(), in.u8(), in.u8(), in.u32(), in.u32(), in.u32(), in.u16(),
                            in.name(), in.rest());
            case RrType.NSEC -> new RecordData.Nsec(in.name(), in.types());
            case RrType.NSEC3 ->
                    new RecordData.Nsec3(
                            in.u8(), in.u8(), in.u16(), in.string(), in.string(), in.types());
            case RrType.NSEC3PARAM ->
                    new RecordData.Nsec3param(in.u8(), in.u8(), in.u16(), in.string());
            case RrType.TLSA -> new RecordData.Tlsa(in.u8(), in.u8(), in.u8(), in.rest());
            case RrType.SSHFP -> new RecordData.Sshfp(in.u8(), in.u8(), in.rest());
            case RrType.CSYNC -> new RecordData.Csync(in.u32(), in.u16(), in.types());
            case RrType.ZONEMD -> new RecordData.Zonemd(in.u32(), in.u8(), in.u8(), in.rest());
            case RrType.CAA -> new RecordData.Caa(in.u8(), in.string(), in.rest());
            case RrType.URI -> new RecordData.Uri(in.u16(), in.u16(), in.rest());
            case RrType.SVCB, RrType.HTTPS ->
                    new RecordData.Service(rdata.type(), in.u16(), in.name(), in.params());
            case RrType.TSIG ->
                    new RecordData.Tsig(
                            in.name(),
                            in.u48(),
                            in.u16(),
                            in.sized(),
                            in.u16(),
                            in.u16(),
                            in.sized());
            default -> new RecordData.Other(rdata);
        };
    }

    private int u8() {
        return octets[at++] & 0xff;
    }

    private int u16() {
        return u8() << 8 | u8();
    }

    private int u32() {
        return u16() << 16 | u16();
    }

    private long u48() {
        return (long) u16() << 32 | Integer.toUnsignedLong(u32());
    }

    private long u64() {
        return (long) u32() << 32 | Integer.toUnsignedLong(u32());
    }

    private DnsName name() {
        int next = NameField.NAME.skip(octets, at, octets.length);
        DnsName name = DnsName.copyOf(octets, at, next - at);
        at = next;
        return name;
    }

    private Blob blob(int length) {
        at += length;
        return Blob.of(octets, at - length, at);
    }

    private Blob rest() {
        return blob(octets.length - at);
    }

    private Blob string() {
        return blob(u8());
    }

    private Blob sized() {
        return blob(u16());
    }

    private List<Blob> strings() {
        List<Blob> strings = new ArrayList<>();
        while (at < octets.length) strings.add(string());
        return strings;
    }

    private List<RecordData.Service.Param> params() {
        List<RecordData.Service.Param> params = new ArrayList<>();
        while (at < octets.length) params.add(new RecordData.Service.Param(u16(), sized()));
        return params;
    }

    private RecordData.TypeSet types() {
        var types = new BitSet();
        while (at < octets.length) {
            int first = u8() << 8;
            int length = u8();
            for (int i = 0; i < length * 8; i++) {
                if ((octets[at + i / 8] & 0x80 >> i % 8) != 0) {
                    types.set(first + i);
                }
            }
            at += length;
        }
        return new RecordData.TypeSet(types);
    }
}
