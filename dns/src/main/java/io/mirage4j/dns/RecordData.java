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
    ///
    /// @throws IllegalArgumentException if that is no data of the type
    default Rdata rdata() {
        return RecordDataWriter.write(this);
    }

    static RecordData of(Rdata rdata) {
        return RecordDataReader.read(rdata);
    }

    record A(Ipv4Address address) implements RecordData {}

    record Aaaa(Ipv6Address address) implements RecordData {}

    record Ns(DnsName server) implements RecordData {}

    record Cname(DnsName target) implements RecordData {}

    record Dname(DnsName target) implements RecordData {}

    record Ptr(DnsName target) implements RecordData {}

    record Soa(
            DnsName primary,
            DnsName mailbox,
            int serial,
            int refresh,
            int retry,
            int expire,
            int minimum)
            implements RecordData {}

    record Mx(int preference, DnsName exchange) implements RecordData {}

    record Txt(List<Blob> strings) implements RecordData {
        public Txt {
            strings = List.copyOf(strings);
        }
    }

    record Srv(int priority, int weight, int port, DnsName target) implements RecordData {}

    record Naptr(
            int order, int preference, Blob flags, Blob services, Blob regexp, DnsName replacement)
            implements RecordData {}

    record Ds(int keyTag, int algorithm, int digestType, Blob digest) implements RecordData {}

    record Dnskey(int flags, int protocol, int algorithm, Blob key) implements RecordData {
        /// RFC 4034, 2.1.1.
        public static final int ZONE_KEY = 0x0100;

        public static final int SECURE_ENTRY_POINT = 0x0001;

        /// RFC 5011, 3.
        public static final int REVOKED = 0x0080;

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
            implements RecordData {}

    record Nsec(DnsName next, TypeSet types) implements RecordData {}

    record Nsec3(int algorithm, int flags, int iterations, Blob salt, Blob next, TypeSet types)
            implements RecordData {
        public static final int OPT_OUT = 1;
    }

    record Nsec3param(int algorithm, int flags, int iterations, Blob salt) implements RecordData {}

    record Tlsa(int usage, int selector, int matching, Blob association) implements RecordData {}

    record Sshfp(int algorithm, int fingerprintType, Blob fingerprint) implements RecordData {}

    record Csync(int serial, int flags, TypeSet types) implements RecordData {}

    record Zonemd(int serial, int scheme, int hash, Blob digest) implements RecordData {}

    record Caa(int flags, Blob tag, Blob value) implements RecordData {}

    record Uri(int priority, int weight, Blob target) implements RecordData {}

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
            implements RecordData {}

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
