// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import java.util.List;

/// Puts the octets of data together: the other way of [RecordDataReader].
final class RecordDataWriter {
    private final int type;
    private final Octets out = new Octets();

    private RecordDataWriter(int type) {
        this.type = type;
    }

    static Rdata write(RecordData data) {
        RecordDataWriter out =
                switch (data) {
                    case RecordData.A d -> to(RrType.A).u32(d.address().bits());
                    case RecordData.Aaaa d ->
                            to(RrType.AAAA).u64(d.address().high()).u64(d.address().low());
                    case RecordData.Ns d -> to(RrType.NS).name(d.server());
                    case RecordData.Cname d -> to(RrType.CNAME).name(d.target());
                    case RecordData.Dname d -> to(RrType.DNAME).name(d.target());
                    case RecordData.Ptr d -> to(RrType.PTR).name(d.target());
                    case RecordData.Soa d ->
                            to(RrType.SOA)
                                    .name(d.primary())
                                    .name(d.mailbox())
                                    .u32(d.serial())
                                    .u32(d.refresh())
                                    .u32(d.retry())
                                    .u32(d.expire())
                                    .u32(d.minimum());
                    case RecordData.Mx d -> to(RrType.MX).u16(d.preference()).name(d.exchange());
                    case RecordData.Txt d -> to(RrType.TXT).strings(d.strings());
                    case RecordData.Srv d ->
                            to(RrType.SRV)
                                    .u16(d.priority())
                                    .u16(d.weight())
                                    .u16(d.port())
                                    .name(d.target());
                    case RecordData.Naptr d ->
                            to(RrType.NAPTR)
                                    .u16(d.order())
                                    .u16(d.preference())
                                    .string(d.flags())
                                    .string(d.services())
                                    .string(d.regexp())
                                    .name(d.replacement());
                    case RecordData.Ds d ->
                            to(RrType.DS)
                                    .u16(d.keyTag())
                                    .u8(d.algorithm())
                                    .u8(d.digestType())
                                    .blob(d.digest());
                    case RecordData.Dnskey d ->
                            to(RrType.DNSKEY)
                                    .u16(d.flags())
                                    .u8(d.protocol())
                                    .u8(d.algorithm())
                                    .blob(d.key());
                    case RecordData.Rrsig d ->
                            to(RrType.RRSIG)
                                    .u16(d.covered())
                                    .u8(d.algorithm())
                                    .u8(d.labels())
                                    .u32(d.originalTtl())
                                    .u32(d.expiration())
                                    .u32(d.inception())
                                    .u16(d.keyTag())
                                    .name(d.signer())
                                    .blob(d.signature());
                    case RecordData.Nsec d -> to(RrType.NSEC).name(d.next()).types(d.types());
                    case RecordData.Nsec3 d ->
                            to(RrType.NSEC3)
                                    .u8(d.algorithm())
                                    .u8(d.flags())
                                    .u16(d.iterations())
                                    .string(d.salt())
                                    .string(d.next())
                                    .types(d.types());
                    case RecordData.Nsec3param d ->
                            to(RrType.NSEC3PARAM)
                                    .u8(d.algorithm())
                                    .u8(d.flags())
                                    .u16(d.iterations())
                                    .string(d.salt());
                    case RecordData.Tlsa d ->
                            to(RrType.TLSA)
                                    .u8(d.usage())
                                    .u8(d.selector())
                                    .u8(d.matching())
                                    .blob(d.association());
                    case RecordData.Sshfp d ->
                            to(RrType.SSHFP)
                                    .u8(d.algorithm())
                                    .u8(d.fingerprintType())
                                    .blob(d.fingerprint());
                    case RecordData.Csync d ->
                            to(RrType.CSYNC).u32(d.serial()).u16(d.flags()).types(d.types());
                    case RecordData.Zonemd d ->
                            to(RrType.ZONEMD)
                                    .u32(d.serial())
                                    .u8(d.scheme())
                                    .u8(d.hash())
                                    .blob(d.digest());
                    case RecordData.Caa d ->
                            to(RrType.CAA).u8(d.flags()).string(d.tag()).blob(d.value());
                    case RecordData.Uri d ->
                            to(RrType.URI).u16(d.priority()).u16(d.weight()).blob(d.target());
                    case RecordData.Service d ->
                            to(d.type()).u16(d.priority()).name(d.target()).params(d.params());
                    case RecordData.Tsig d ->
                            to(RrType.TSIG)
                                    .name(d.algorithm())
                                    .u48(d.time())
                                    .u16(d.fudge())
                                    .sized(d.mac())
                                    .u16(d.originalId())
                                    .u16(d.error())
                                    .sized(d.other());
                    case RecordData.Other other ->
                            to(other.rdata().type()).blob(Blob.of(other.rdata().octets()));
                };
        return Rdata.of(out.type, out.out.toByteArray());
    }

    private static RecordDataWriter to(int type) {
        return new RecordDataWriter(type);
    }

    private RecordDataWriter u8(int v) {
        require(v, 8);
        out.u8(v);
        return this;
    }

    private RecordDataWriter u16(int v) {
        require(v, 16);
        out.u16(v);
        return this;
    }

    private void require(int v, int bits) {
        if (v >>> bits != 0) {
            throw new IllegalArgumentException(
                    RrType.name(type) + ": " + v + " has more than " + bits + " bits");
        }
    }

    private RecordDataWriter u32(int v) {
        out.u32(Integer.toUnsignedLong(v));
        return this;
    }

    private RecordDataWriter u48(long v) {
        if (v >>> 48 != 0) throw new IllegalArgumentException(v + " has more than 48 bits");
        out.u48(v);
        return this;
    }

    private RecordDataWriter u64(long v) {
        out.u64(v);
        return this;
    }

    private RecordDataWriter name(DnsName name) {
        out.name(name);
        return this;
    }

    /// Without a length.
    private RecordDataWriter blob(Blob blob) {
        out.bytes(blob.toByteArray());
        return this;
    }

    /// With a length of one octet.
    private RecordDataWriter string(Blob blob) {
        return u8(blob.length()).blob(blob);
    }

    /// With a length of two octets.
    private RecordDataWriter sized(Blob blob) {
        return u16(blob.length()).blob(blob);
    }

    private RecordDataWriter types(RecordData.TypeSet types) {
        BitmapField.append(types.bits(), out);
        return this;
    }

    private RecordDataWriter strings(List<Blob> strings) {
        strings.forEach(this::string);
        return this;
    }

    private RecordDataWriter params(List<RecordData.Service.Param> params) {
        for (var param : params) u16(param.key()).sized(param.value());
        return this;
    }
}
