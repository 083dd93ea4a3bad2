// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.util.Optional;

/// An IPv6 address.
///
/// @param high the first eight octets as a number; unsigned
/// @param low the last eight octets as a number; unsigned
public record Ipv6Address(long high, long low) implements IpAddress {
    public static final int OCTETS = 16;

    public static final Ipv6Address UNSPECIFIED = new Ipv6Address(0, 0);
    public static final Ipv6Address LOOPBACK = new Ipv6Address(0, 1);

    private static final long V4_MAPPED = 0xffff;

    public static Parsed<Ipv6Address> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(AddressText.ipv6(cursor));
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no IPv6 address
    public static Ipv6Address of(String text) {
        return parse(text).orThrow();
    }

    public static Ipv6Address read(ReadOnlyCstruct buf, int off) {
        return new Ipv6Address(buf.u64be(off), buf.u64be(off + 8));
    }

    /// `::ffff:a.b.c.d`, by which IPv6 programs name an IPv4 peer (RFC 4291, 2.5.5.2).
    public static Ipv6Address mapped(Ipv4Address address) {
        return new Ipv6Address(0, V4_MAPPED << 32 | (address.bits() & 0xffff_ffffL));
    }

    @Override
    public int lengthOctets() {
        return OCTETS;
    }

    @Override
    public void write(Cstruct buf, int off) {
        // The later half first: a window that is too short is then refused before it is changed.
        buf.putU64be(off + 8, low);
        buf.putU64be(off, high);
    }

    @Override
    public boolean isUnspecified() {
        return (high | low) == 0;
    }

    /// `::1` only.
    @Override
    public boolean isLoopback() {
        return high == 0 && low == 1;
    }

    /// In fe80::/10.
    @Override
    public boolean isLinkLocal() {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /// In ff00::/8.
    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    /// As [#isUniqueLocal].
    @Override
    public boolean isPrivate() {
        return isUniqueLocal();
    }

    /// In fc00::/7 (RFC 4193).
    public boolean isUniqueLocal() {
        return high >>> 57 == 0xfc >>> 1;
    }

    /// In ::ffff:0:0/96.
    public boolean isV4Mapped() {
        return high == 0 && low >>> 32 == V4_MAPPED;
    }

    /// The IPv4 address that this one stands for, if it [#isV4Mapped].
    public Optional<Ipv4Address> mappedV4() {
        return isV4Mapped() ? Optional.of(new Ipv4Address((int) low)) : Optional.empty();
    }

    @Override
    public int commonPrefixLength(IpAddress other) {
        return switch (other) {
            case Ipv4Address _ -> 0;
            case Ipv6Address(long theirHigh, long theirLow) ->
                    high != theirHigh
                            ? Long.numberOfLeadingZeros(high ^ theirHigh)
                            : 64 + Long.numberOfLeadingZeros(low ^ theirLow);
        };
    }

    @Override
    public int compareTo(IpAddress other) {
        return switch (other) {
            case Ipv4Address _ -> 1;
            case Ipv6Address(long theirHigh, long theirLow) -> {
                int byHigh = Long.compareUnsigned(high, theirHigh);
                yield byHigh != 0 ? byHigh : Long.compareUnsigned(low, theirLow);
            }
        };
    }

    /// As `2001:db8::1` (RFC 5952), IPv4-mapped ones as `::ffff:192.0.2.1`.
    @Override
    public String toString() {
        var out = new StringBuilder(39);
        AddressText.emit(this, out);
        return out.toString();
    }
}
