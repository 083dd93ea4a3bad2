// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.platform.IpPrefix;

/// An address of a [Stack], as it is now.
///
/// @param isUsable nobody else was found to have it
/// @param isDeprecated new connections should bear another
/// @param isTemporary it changes every day (RFC 8981)
public record AddressInfo(
        IpPrefix address, boolean isUsable, boolean isDeprecated, boolean isTemporary) {}
