// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

/// Tells from which address this machine would send.
@FunctionalInterface
public interface SourceAddresses {
    /// The address that a connection to `destination` would come from; null if there is no way to
    /// it.
    @Nullable IpAddress towards(IpAddress destination);
}
