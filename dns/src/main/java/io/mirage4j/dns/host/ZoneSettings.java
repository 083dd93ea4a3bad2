// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.server.ZoneAccess;
import io.mirage4j.dns.transfer.Peer;
import io.mirage4j.platform.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a store does with a zone.
///
/// @param alsoNotify who is told of changes
/// @param disk where the zone and its changes are kept, for it alone; null for nowhere: after a
///   restart it is what its file or its primary has
public record ZoneSettings(ZoneAccess access, List<Peer> alsoNotify, @Nullable BlockDevice disk) {
    /// Anybody may ask; nobody is told; nothing is kept.
    public static final ZoneSettings STANDARD =
            new ZoneSettings(ZoneAccess.STANDARD, List.of(), null);

    public ZoneSettings {
        alsoNotify = List.copyOf(alsoNotify);
    }
}
