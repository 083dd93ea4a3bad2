// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

import java.util.BitSet;
import java.util.List;

/// The data of a record taken apart, for the types that programs look into; any other type is
/// [Other]. [#rdata] puts it together again.
///
/// ```java
/// switch (record.data().value()) {
///     case RecordData.A(Ipv4Address address) -> connect(address);
///     case RecordData.Cname(DnsName target) -> follow(target);
///     default -> {}
/// }
/// ```
public sealed interface RecordData {
    /// Numbers are unsigned throughout; TTLs and serials have 32 bits.
    Rdata rdata();

    static RecordData of(Rdata rdata) {
        return RecordDataReader.read(rdata);
    }

    record A(Ipv4Address address) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.A).u32(address.bits()).done();
        }
    }

    record Aaaa(Ipv6Address address) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.AAAA).u64(address.high()).u64(address.low()).done();
        }
    }

    record Ns(DnsName server) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.NS).name(server).done();
        }
    }

    record Cname(DnsName target) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.CNAME).name(target).done();
        }
    }

    record Dname(DnsName target) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.DNAME).name(target).done();
        }
    }

    record Ptr(DnsName target) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.PTR).name(target).done();
        }
    }

    record Soa(
            DnsName primary,
            DnsName mailbox,
            int serial,
            int refresh,
            int retry,
            int expire,
            int minimum)
            implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.SOA)
                    .name(primary)
                    .name(mailbox)
                    .u32(serial)
                    .u32(refresh)
                    .u32(retry)
                    .u32(expire)
                    .u32(minimum)
                    .done();
        }
    }

    record Mx(int preference, DnsName exchange) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.MX).u16(preference).name(exchange).done();
        }
    }

    record Txt(List<Blob> strings) implements RecordData {
        public Txt {
            strings = List.copyOf(strings);
        }

        @Override
        public Rdata rdata() {
            var out = new RecordDataWriter(RrType.TXT);
            for (Blob string : strings) out.string(string);
            return out.done();
        }
    }

    record Srv(int priority, int weight, int port, DnsName target) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.SRV)
                    .u16(priority)
                    .u16(weight)
                    .u16(port)
                    .name(target)
                    .done();
        }
    }

    record Naptr(
            int order, int preference, Blob flags, Blob services, Blob regexp, DnsName replacement)
            implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.NAPTR)
                    .u16(order)
                    .u16(preference)
                    .string(flags)
                    .string(services)
                    .string(regexp)
                    .name(replacement)
                    .done();
        }
    }

    record Ds(int keyTag, int algorithm, int digestType, Blob digest) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.DS)
                    .u16(keyTag)
                    .u8(algorithm)
                    .u8(digestType)
                    .blob(digest)
                    .done();
        }
    }

    record Dnskey(int flags, int protocol, int algorithm, Blob key) implements RecordData {
        /// RFC 4034, 2.1.1.
        public static final int ZONE_KEY = 0x0100;

        public static final int SECURE_ENTRY_POINT = 0x0001;

        /// RFC 5011, 3.
        public static final int REVOKED = 0x0080;

        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.DNSKEY)
                    .u16(flags)
                    .u8(protocol)
                    .u8(algorithm)
                    .blob(key)
                    .done();
        }

        /// The number by which DS and RRSIG name the key (RFC 4034, appendix B).
        public int keyTag() {
            return KeyTags.of(rdata().octets());
        }
    }

    record Rrsig(
            int covered,
            int algorithm,
            int labels,
            int originalTtl,
            int expiration,
            int inception,
            int keyTag,
            DnsName signer,
            Blob signature)
            implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.RRSIG)
                    .u16(covered)
                    .u8(algorithm)
                    .u8(labels)
                    .u32(originalTtl)
                    .u32(expiration)
                    .u32(inception)
                    .u16(keyTag)
                    .name(signer)
                    .blob(signature)
                    .done();
        }
    }

    record Nsec(DnsName next, TypeSet types) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.NSEC).name(next).types(types).done();
        }
    }

    record Nsec3(int algorithm, int flags, int iterations, Blob salt, Blob next, TypeSet types)
            implements RecordData {
        public static final int OPT_OUT = 1;

        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.NSEC3)
                    .u8(algorithm)
                    .u8(flags)
                    .u16(iterations)
                    .string(salt)
                    .string(next)
                    .types(types)
                    .done();
        }
    }

    record Nsec3param(int algorithm, int flags, int iterations, Blob salt) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.NSEC3PARAM)
                    .u8(algorithm)
                    .u8(flags)
                    .u16(iterations)
                    .string(salt)
                    .done();
        }
    }

    record Tlsa(int usage, int selector, int matching, Blob association) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.TLSA)
                    .u8(usage)
                    .u8(selector)
                    .u8(matching)
                    .blob(association)
                    .done();
        }
    }

    record Sshfp(int algorithm, int fingerprintType, Blob fingerprint) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.SSHFP)
                    .u8(algorithm)
                    .u8(fingerprintType)
                    .blob(fingerprint)
                    .done();
        }
    }

    record Csync(int serial, int flags, TypeSet types) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.CSYNC).u32(serial).u16(flags).types(types).done();
        }
    }

    record Zonemd(int serial, int scheme, int hash, Blob digest) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.ZONEMD)
                    .u32(serial)
                    .u8(scheme)
                    .u8(hash)
                    .blob(digest)
                    .done();
        }
    }

    record Caa(int flags, Blob tag, Blob value) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.CAA).u8(flags).string(tag).blob(value).done();
        }
    }

    record Uri(int priority, int weight, Blob target) implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.URI).u16(priority).u16(weight).blob(target).done();
        }
    }

    /// SVCB or HTTPS (RFC 9460).
    ///
    /// @param priority 0 for an alias
    record Service(int type, int priority, DnsName target, List<Param> params)
            implements RecordData {
        public static final int MANDATORY = 0;
        public static final int ALPN = 1;
        public static final int NO_DEFAULT_ALPN = 2;
        public static final int PORT = 3;
        public static final int IPV4_HINT = 4;
        public static final int ECH = 5;
        public static final int IPV6_HINT = 6;
        public static final int DOH_PATH = 7;

        /// A parameter's key and octets.
        public record Param(int key, Blob value) {}

        public Service {
            params = List.copyOf(params);
        }

        @Override
        public Rdata rdata() {
            var out = new RecordDataWriter(type).u16(priority).name(target);
            for (Param param : params) {
                out.u16(param.key).u16(param.value.length()).blob(param.value);
            }
            return out.done();
        }
    }

    /// RFC 8945, 4.2.
    ///
    /// @param time in seconds since 1970, 48 bits
    record Tsig(
            DnsName algorithm,
            long time,
            int fudge,
            Blob mac,
            int originalId,
            int error,
            Blob other)
            implements RecordData {
        @Override
        public Rdata rdata() {
            return new RecordDataWriter(RrType.TSIG)
                    .name(algorithm)
                    .u48(time)
                    .u16(fudge)
                    .sized(mac)
                    .u16(originalId)
                    .u16(error)
                    .sized(other)
                    .done();
        }
    }

    /// Any other type, as it is.
    record Other(Rdata rdata) implements RecordData {}

    /// A set of types, as denial of existence has them.
    record TypeSet(BitSet bits) {
        public TypeSet {
            bits = (BitSet) bits.clone();
        }

        public static TypeSet of(int... types) {
            var bits = new BitSet();
            for (int type : types) bits.set(type);
            return new TypeSet(bits);
        }

        @Override
        public BitSet bits() {
            return (BitSet) bits.clone();
        }

        public boolean has(int type) {
            return bits.get(type);
        }

        @Override
        public String toString() {
            return String.join(" ", bits.stream().mapToObj(RrType::name).toList());
        }
    }
}
