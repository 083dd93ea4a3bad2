// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.tcpip.wire.Addresses;

/// Where a packet goes and how. One of it is filled again and again: [#to] forgets all that was.
final class Departure {
    static final int HOP_LIMIT = 64;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int protocol;
    int hopLimit;
    int tos;
    boolean dontFragment;

    /// With an option that asks routers to look: IGMP and MLD want it.
    boolean routerAlert;

    Departure to(long high, long low, int carried) {
        destinationHigh = high;
        destinationLow = low;
        sourceHigh = 0;
        sourceLow = Addresses.isIpv4(high, low) ? Addresses.mapped(0) : 0;
        protocol = carried;
        hopLimit = HOP_LIMIT;
        tos = 0;
        dontFragment = false;
        routerAlert = false;
        return this;
    }

    Departure from(long high, long low) {
        sourceHigh = high;
        sourceLow = low;
        return this;
    }

    boolean isIpv4() {
        return Addresses.isIpv4(destinationHigh, destinationLow);
    }
}
