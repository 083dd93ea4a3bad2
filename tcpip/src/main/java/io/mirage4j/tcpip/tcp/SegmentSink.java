// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

/// Where TCP writes segments: IP, with its route and device. TCP asks for a window, writes a
/// segment at [#headroom] and commits it; IP puts its headers in front, in the same window.
public interface SegmentSink {
    /// How many octets in front of a segment belong to the sink. At least an Ethernet header, an
    /// IPv6 header and a UDP header.
    int headroom();

    /// A window for a segment of at most `len` octets behind the headroom, or null if the device
    /// has no room now; then TCP asks again in [TcpStack#resume]. Valid until [#commit] returns.
    @Nullable Cstruct slot(int len);

    /// Sends the `len` octets of segment that stand at [#headroom] in the slot asked for last.
    void commit(Envelope envelope, Cstruct slot, int len, long nowNanos);

    /// The largest IP packet that the route to an address takes, headers included; what ICMP said
    /// of the path is TCP's to remember.
    int mtu(long destinationHigh, long destinationLow);

    /// How many octets of payload a segment may have for the device to cut; 0 if it does not cut.
    default int segmentationLimit() {
        return 0;
    }

    /// Whether the device finishes checksums.
    default boolean checksums() {
        return false;
    }
}
