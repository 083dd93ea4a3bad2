// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

/// An address of either version. IPv4 orders before IPv6, within one version the octets decide.
///
/// Texts are read strictly: four decimal numbers without zeros in front (what `inet_pton` takes),
/// or any form of RFC 4291, 2.2. They are written as RFC 5952 wants them. There are no zones
/// (`%eth0`): a zone is no part of an address.
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {
    static Parsed<IpAddress> parse(String text) {
        var cursor = new Cursor(text);
        return cursor.result(AddressText.ip(cursor));
    }

    /// As [#parse], for a text that the author of the program wrote.
    ///
    /// @throws IllegalArgumentException if `text` is no address
    static IpAddress of(String text) {
        return parse(text).orThrow();
    }

    /// The address in the `len` octets from `off`.
    ///
    /// @throws IllegalArgumentException if `len` is neither 4 nor 16
    static IpAddress read(ReadOnlyCstruct buf, int off, int len) {
        return switch (len) {
            case Ipv4Address.OCTETS -> Ipv4Address.read(buf, off);
            case Ipv6Address.OCTETS -> Ipv6Address.read(buf, off);
            default -> throw new IllegalArgumentException("length " + len + " is not 4 or 16");
        };
    }

    /// 4 or 16.
    int lengthOctets();

    /// Writes [#lengthOctets] octets at `off`.
    void write(Cstruct buf, int off);

    /// `0.0.0.0` or `::`.
    boolean isUnspecified();

    boolean isLoopback();

    boolean isLinkLocal();

    boolean isMulticast();

    /// Meant for use within one site: RFC 1918 in IPv4, unique-local (RFC 4193) in IPv6.
    boolean isPrivate();

    /// How many of the first bits are the same; 0 for addresses of two versions.
    int commonPrefixLength(IpAddress other);
}
