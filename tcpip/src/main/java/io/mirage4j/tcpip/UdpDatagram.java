// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.tcpip.wire.Addresses;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// A datagram that came in. One of it is filled again and again: whoever is given one must not keep
/// it. Only [#payload], [#remote] and [#local] allocate.
public final class UdpDatagram {
    Cstruct buf = Cstruct.empty();
    int off;
    int len;
    long sourceHigh;
    long sourceLow;
    int sourcePort;
    long destinationHigh;
    long destinationLow;
    int destinationPort;
    int hopLimit;
    int tos;

    @Nullable UdpPort port;

    UdpDatagram() {}

    /// The port that it came to.
    public UdpPort port() {
        return Objects.requireNonNull(port);
    }

    /// The memory that the payload is in.
    public Cstruct buf() {
        return buf;
    }

    /// The first octet of the payload.
    public int off() {
        return off;
    }

    /// How many octets the payload has.
    public int len() {
        return len;
    }

    /// The payload as a window.
    public Cstruct payload() {
        return buf.sub(off, len);
    }

    /// Who sent it.
    public Endpoint remote() {
        return new Endpoint(Addresses.value(sourceHigh, sourceLow), sourcePort);
    }

    /// Where it was sent to: an address of ours, a group, or a broadcast address.
    public Endpoint local() {
        return new Endpoint(Addresses.value(destinationHigh, destinationLow), destinationPort);
    }

    /// The sender's address as two `long`s: see [Addresses].
    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    public int hopLimit() {
        return hopLimit;
    }

    /// DSCP (6 bits) and ECN (2 bits).
    public int tos() {
        return tos;
    }
}
