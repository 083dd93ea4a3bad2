// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// An IPv4 address.
///
/// @param bits the address as a number, the first octet highest; unsigned
public record Ipv4Address(int bits) implements IpAddress {
    public static final int OCTETS = 4;

    public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);
    public static final Ipv4Address LOOPBACK = new Ipv4Address(0x7f000001);
    public static final Ipv4Address BROADCAST = new Ipv4Address(0xffffffff);

    public static Parsed<Ipv4Address> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(AddressText.ipv4(cursor));
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no IPv4 address
    public static Ipv4Address of(String text) {
        return parse(text).orThrow();
    }

    public static Ipv4Address read(ReadOnlyCstruct buf, int off) {
        return new Ipv4Address(buf.u32be(off));
    }

    @Override
    public int lengthOctets() {
        return OCTETS;
    }

    @Override
    public void write(Cstruct buf, int off) {
        buf.putU32be(off, bits);
    }

    @Override
    public boolean isUnspecified() {
        return bits == 0;
    }

    /// In 127.0.0.0/8.
    @Override
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    /// In 169.254.0.0/16 (RFC 3927).
    @Override
    public boolean isLinkLocal() {
        return bits >>> 16 == 0xa9fe;
    }

    /// In 224.0.0.0/4 (RFC 5771).
    @Override
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /// In 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).
    @Override
    public boolean isPrivate() {
        return bits >>> 24 == 10 || bits >>> 20 == 0xac1 || bits >>> 16 == 0xc0a8;
    }

    /// The limited broadcast, 255.255.255.255; that of a network is [IpPrefix#last].
    public boolean isBroadcast() {
        return bits == -1;
    }

    @Override
    public int commonPrefixLength(IpAddress other) {
        return other instanceof Ipv4Address(int theirs)
                ? Integer.numberOfLeadingZeros(bits ^ theirs)
                : 0;
    }

    @Override
    public int compareTo(IpAddress other) {
        return switch (other) {
            case Ipv4Address(int theirs) -> Integer.compareUnsigned(bits, theirs);
            case Ipv6Address _ -> -1;
        };
    }

    /// As `192.0.2.1`.
    @Override
    public String toString() {
        var out = new StringBuilder(15);
        AddressText.emit(this, out);
        return out.toString();
    }
}
