// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

/// For which versions of IP the unspecified address stands, where somebody listens at it.
public enum IpVersions {
    BOTH,
    IPV4,
    IPV6;

    /// What the unspecified address of a version stands for where nothing more is said: `::` for
    /// both, `0.0.0.0` for IPv4.
    public static IpVersions of(long high, long low) {
        return Envelope.isIpv4(high, low) ? IPV4 : BOTH;
    }

    /// Whether an address is of one of these.
    public boolean has(long high, long low) {
        return this == BOTH || Envelope.isIpv4(high, low) == (this == IPV4);
    }

    public boolean overlaps(IpVersions other) {
        return this == BOTH || other == BOTH || this == other;
    }
}
