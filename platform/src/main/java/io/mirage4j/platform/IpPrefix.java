// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import org.jspecify.annotations.Nullable;

/// An address and how many of its first bits name the network: `10.0.0.0/8` for a network,
/// `10.0.0.2/24` for an interface's address in its network. [#network] has only the former.
///
/// @param length how many bits, from 0 to 32 or 128
public record IpPrefix(IpAddress address, int length) {
    public IpPrefix {
        if (length < 0 || length > 8 * address.lengthOctets()) {
            throw new IllegalArgumentException(
                    "prefix length " + length + " is not in 0.." + 8 * address.lengthOctets());
        }
    }

    /// Reads `address/length`.
    public static Parsed<IpPrefix> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(parse(cursor));
    }

    private static @Nullable IpPrefix parse(Cursor in) {
        IpAddress address = AddressText.ip(in);
        if (address == null || !in.expect('/')) return null;
        int length = in.decimal(8 * address.lengthOctets(), "prefix length");
        return length < 0 ? null : new IpPrefix(address, length);
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no prefix
    public static IpPrefix of(String text) {
        return parse(text).orThrow();
    }

    /// Tells whether `other` is in the network.
    public boolean contains(IpAddress other) {
        return other.lengthOctets() == address.lengthOctets()
                && address.commonPrefixLength(other) >= length;
    }

    /// Tells whether all of the other network is in this one.
    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    /// The network alone: all bits behind the prefix are zero.
    public IpPrefix network() {
        return new IpPrefix(first(), length);
    }

    /// The first address of the network.
    public IpAddress first() {
        return switch (address) {
            case Ipv4Address(int bits) -> new Ipv4Address(bits & mask32(length));
            case Ipv6Address(long high, long low) ->
                    new Ipv6Address(high & mask64(length), low & mask64(length - 64));
        };
    }

    /// The last address of the network; in IPv4 this is its broadcast address.
    public IpAddress last() {
        return switch (address) {
            case Ipv4Address(int bits) -> new Ipv4Address(bits | ~mask32(length));
            case Ipv6Address(long high, long low) ->
                    new Ipv6Address(high | ~mask64(length), low | ~mask64(length - 64));
        };
    }

    /// `length` ones and then zeros, as an address: `255.255.255.0` for 24.
    public IpAddress mask() {
        return switch (address) {
            case Ipv4Address _ -> new Ipv4Address(mask32(length));
            case Ipv6Address _ -> new Ipv6Address(mask64(length), mask64(length - 64));
        };
    }

    private static int mask32(int ones) {
        return (int) (-1L << (32 - ones));
    }

    private static long mask64(int ones) {
        return ones <= 0 ? 0 : ones >= 64 ? -1 : -1L << (64 - ones);
    }

    /// As `10.0.0.2/24`.
    @Override
    public String toString() {
        return address + "/" + length;
    }
}
