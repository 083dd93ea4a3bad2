// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.zone.Zone;
import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

/// Where requests go that change what a server has, once it is known that whoever sends them may.
/// Any thread calls it, and it may block.
public interface ZoneRequests {
    /// For a server that takes none.
    ZoneRequests NONE =
            new ZoneRequests() {
                @Override
                public int update(Zone zone, Message request) {
                    return Rcode.NOTIMP;
                }

                @Override
                public boolean notified(DnsName apex, IpAddress client, @Nullable Integer serial) {
                    return false;
                }
            };

    /// Whether updates of a zone are another server's to make.
    default boolean handsOn(DnsName apex) {
        return false;
    }

    /// Hands an update on to the primary of a zone (RFC 2136, 6), signed as it is, and gives the
    /// answer; null if there is none.
    default @Nullable ReadOnlyCstruct handOn(DnsName apex, ReadOnlyCstruct request) {
        return null;
    }

    /// In how many seconds a zone ends to be known (RFC 7314): that of another server, unless it is
    /// heard of again.
    default int expireSeconds(Zone zone) {
        return zone.soa().expire();
    }

    /// Makes a dynamic update and tells the rcode, once the change will not be lost.
    int update(Zone zone, Message request);

    /// Hears that a zone may have changed; false if that is nothing to this server.
    ///
    /// @param serial the new version, where it is told
    boolean notified(DnsName apex, IpAddress client, @Nullable Integer serial);
}
