// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.Engine;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.table.Timers.Timer;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

/// An address of ours and how far it may be used.
final class LocalAddress {
    /// Who gave it.
    enum Origin {
        STATIC,
        LINK_LOCAL,
        DHCP,
        ROUTER,
        /// One that changes (RFC 8981).
        TEMPORARY
    }

    enum State {
        /// Being asked for: nobody may use it (RFC 4862, 5.4).
        TENTATIVE,
        PREFERRED,
        /// For connections that have it already (RFC 4862, 5.5.4).
        DEPRECATED
    }

    final long high;
    final long low;
    final int prefixLength;
    final Origin origin;
    State state = State.TENTATIVE;
    long preferredUntil = Engine.NEVER;
    long validUntil = Engine.NEVER;
    long created;

    /// How often it is still to be asked for, then announced.
    int probes;

    int announcements;
    long lastDefended = Long.MIN_VALUE;
    long nonce;

    /// How often another identifier was tried before (RFC 7217, 5).
    int attempt;

    /// Its next probe or announcement; its next change of state.
    @Nullable Timer probing;

    @Nullable Timer ageing;

    LocalAddress(long high, long low, int prefixLength, Origin origin) {
        this.high = high;
        this.low = low;
        this.prefixLength = prefixLength;
        this.origin = origin;
    }

    static LocalAddress of(IpPrefix address, Origin origin) {
        return new LocalAddress(
                Addresses.high(address.address()),
                Addresses.low(address.address()),
                address.length(),
                origin);
    }

    boolean isIpv4() {
        return Addresses.isIpv4(high, low);
    }

    boolean isUsable() {
        return state != State.TENTATIVE;
    }

    IpPrefix prefix() {
        return new IpPrefix(Addresses.value(high, low), prefixLength);
    }

    /// The broadcast address of its IPv4 network; there is none in networks of two or one (RFC
    /// 3021).
    boolean isBroadcast(int address) {
        if (prefixLength > 30) return false;
        int host = -1 >>> prefixLength;
        return (address | host) == address && ((address ^ (int) low) & ~host) == 0;
    }
}
