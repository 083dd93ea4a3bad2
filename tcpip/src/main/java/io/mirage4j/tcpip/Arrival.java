// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.tcpip.wire.Addresses;

/// A packet that came in, as far as it has been read. One of it is filled again and again.
final class Arrival {
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int tos;
    int hopLimit;
    int protocol;

    /// Whether the frame was for a group of ports.
    boolean linkGroup;

    /// The sender on the link; -1 for what we sent ourselves.
    long linkSource;

    /// The IP header, as it came.
    Cstruct header = Cstruct.empty();

    int headerOff;
    int headerLen;

    /// All that followed the IP header, put together where it came in pieces.
    Cstruct buf = Cstruct.empty();

    int bodyOff;

    /// Whether the body was put together, so that it is not behind the header in one window.
    boolean joined;

    /// What `protocol` is to read, and where that ends.
    int off;

    int len;

    boolean isIpv4() {
        return Addresses.isIpv4(destinationHigh, destinationLow);
    }

    boolean toGroup() {
        return Addresses.isMulticast(destinationHigh, destinationLow) || toBroadcast;
    }

    /// What IP carried was put together from pieces.
    void carries(Cstruct whole) {
        buf = whole;
        bodyOff = 0;
        joined = true;
        off = 0;
        len = whole.length();
    }

    /// Whether IPv4 took the destination for a broadcast address.
    boolean toBroadcast;
}
