// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

/// Work on a frame that a stack may leave to whoever carries it. Sending, the device does it;
/// receiving, it has been left undone, since the frame never was on a wire that could harm it.
public enum Offload {
    /// The checksum of TCP or UDP: the field holds only the sum of the pseudo header.
    CHECKSUM,

    /// Cutting a long TCP segment over IPv4 into ones that fit. Takes [#CHECKSUM] with it.
    TCP4_SEGMENTS,

    /// The same over IPv6.
    TCP6_SEGMENTS,

    /// Cutting one long UDP datagram into several of equal length. Takes [#CHECKSUM] with it.
    UDP_SEGMENTS
}
