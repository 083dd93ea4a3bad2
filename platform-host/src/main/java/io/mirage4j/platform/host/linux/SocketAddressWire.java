// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Endpoints as the kernel has them, in memory of `OCTETS`: `sockaddr_in` or `sockaddr_in6`.
///
/// ```
///  0        2        4          8            24       28
/// | family | port   | address  |                          AF_INET
/// | family | port   | flow     | address    | scope  |    AF_INET6
/// ```
final class SocketAddressWire {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /// Room for either, on whole words.
    static final int OCTETS = 32;

    private static final int V4_LENGTH = 16;
    private static final int V6_LENGTH = 28;

    private static final ValueLayout.OfShort U16BE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32BE =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64BE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static int family(IpAddress address) {
        return address instanceof Ipv4Address ? AF_INET : AF_INET6;
    }

    /// Writes an endpoint for a socket of `family`, at which IPv4 in a socket of IPv6 is mapped,
    /// and tells its length. Nothing is allocated where families are the same.
    static int put(MemorySegment memory, long off, int family, Endpoint endpoint) {
        memory.set(JAVA_SHORT, off, (short) family);
        memory.set(U16BE, off + 2, (short) endpoint.port());
        if (family == AF_INET) {
            memory.set(U32BE, off + 4, ((Ipv4Address) endpoint.address()).bits());
            return V4_LENGTH;
        }
        Ipv6Address address =
                switch (endpoint.address()) {
                    case Ipv4Address v4 -> Ipv6Address.mapped(v4);
                    case Ipv6Address v6 -> v6;
                };
        memory.set(JAVA_INT, off + 4, 0);
        memory.set(U64BE, off + 8, address.high());
        memory.set(U64BE, off + 16, address.low());
        memory.set(JAVA_INT, off + 24, 0);
        return V6_LENGTH;
    }

    /// The endpoint; `known` itself if it is that one.
    static Endpoint get(MemorySegment memory, long off, @Nullable Endpoint known) {
        int port = Short.toUnsignedInt(memory.get(U16BE, off + 2));
        if (memory.get(JAVA_SHORT, off) == AF_INET) {
            return v4(memory.get(U32BE, off + 4), port, known);
        }
        long high = memory.get(U64BE, off + 8);
        long low = memory.get(U64BE, off + 16);
        if (high == 0 && low >>> 32 == 0xffff) return v4((int) low, port, known);
        if (known != null
                && known.port() == port
                && known.address() instanceof Ipv6Address address
                && address.high() == high
                && address.low() == low) {
            return known;
        }
        return new Endpoint(new Ipv6Address(high, low), port);
    }

    private static Endpoint v4(int bits, int port, @Nullable Endpoint known) {
        if (known != null
                && known.port() == port
                && known.address() instanceof Ipv4Address address
                && address.bits() == bits) {
            return known;
        }
        return new Endpoint(new Ipv4Address(bits), port);
    }

    /// A number that equal endpoints have in common.
    static int hash(MemorySegment memory, long off) {
        int port = memory.get(U16BE, off + 2);
        int address =
                memory.get(JAVA_SHORT, off) == AF_INET
                        ? memory.get(U32BE, off + 4)
                        : memory.get(U32BE, off + 12) * 31 + memory.get(U32BE, off + 20);
        int mixed = (address * 31 + port) * 0x9e3779b9;
        return mixed >>> 16;
    }

    private SocketAddressWire() {}
}
