// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns;

import org.jspecify.annotations.Nullable;

/// What one line of a zone file leaves to the next.
final class ZoneState {
    static final long NO_TTL = -1;

    DnsName origin;
    @Nullable DnsName owner;

    /// What `$TTL` says, or the rules before it does.
    long defaultTtl;

    /// What a record said last (RFC 1035, 5.1).
    long lastTtl = NO_TTL;

    ZoneState(DnsName origin, ZoneRules rules) {
        this.origin = origin;
        this.defaultTtl = rules.defaultTtl();
    }

    private ZoneState(DnsName origin, ZoneState outer) {
        this.origin = origin;
        this.owner = outer.owner;
        this.defaultTtl = outer.defaultTtl;
        this.lastTtl = outer.lastTtl;
    }

    /// For a file in the middle of this one.
    ZoneState included(DnsName origin) {
        return new ZoneState(origin, this);
    }
}
