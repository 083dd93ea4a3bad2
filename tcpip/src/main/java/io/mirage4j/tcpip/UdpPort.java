// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

/// A UDP port that is bound: [Stack#bindUdp]. Sending allocates nothing where the destination is
/// given as two `long`s.
public final class UdpPort {
    private final Udp udp;
    final UdpReceiver receiver;
    final long localHigh;
    final long localLow;
    final int port;

    /// Any address of ours that is of [#versions].
    final boolean any;

    final IpVersions versions;

    long remoteHigh;
    long remoteLow;
    int remotePort;
    boolean open = true;
    int hopLimit;
    int tos;
    boolean dontFragment;
    private final Memberships memberships;

    /// The next one in the bucket of [Udp].
    @Nullable UdpPort next;

    UdpPort(Udp udp, IpAddress local, IpVersions versions, int port, UdpReceiver receiver) {
        this.udp = udp;
        this.receiver = receiver;
        this.port = port;
        this.versions = versions;
        memberships = udp.memberships();
        any = local.isUnspecified();
        localHigh = Addresses.high(local);
        localLow = Addresses.low(local);
    }

    /// Address and port; the address is the unspecified one if any will do.
    public Endpoint local() {
        return new Endpoint(Addresses.value(localHigh, localLow), port);
    }

    /// From now on only datagrams of one peer count, and [#send(ReadOnlyCstruct, long)] sends to
    /// him.
    public UdpPort connect(Endpoint remote) {
        remoteHigh = Addresses.high(remote.address());
        remoteLow = Addresses.low(remote.address());
        remotePort = remote.port();
        return this;
    }

    /// Hop limit of what is sent; 0 for the usual one (1 to groups).
    public UdpPort hopLimit(int hops) {
        hopLimit = hops & 0xff;
        return this;
    }

    /// DSCP and ECN of what is sent.
    public UdpPort tos(int octet) {
        tos = octet & 0xff;
        return this;
    }

    /// Refuses to send what would have to be cut, as [Verdict#TOO_LONG].
    public UdpPort dontFragment(boolean refused) {
        dontFragment = refused;
        return this;
    }

    /// Sends to the peer of [#connect]; the caller keeps `payload`. What is not [Verdict#OK] was
    /// not sent.
    public Verdict send(ReadOnlyCstruct payload, long nowNanos) {
        if (remotePort == 0) throw new IllegalStateException("port " + port + " is not connected");
        return send(
                payload, 0, payload.length(), 0, 0, remoteHigh, remoteLow, remotePort, nowNanos);
    }

    public Verdict send(ReadOnlyCstruct payload, Endpoint to, long nowNanos) {
        IpAddress address = to.address();
        return send(
                payload,
                0,
                payload.length(),
                0,
                0,
                Addresses.high(address),
                Addresses.low(address),
                to.port(),
                nowNanos);
    }

    /// Sends the `len` octets at `off`, from an address of ours (0, 0: the best one).
    public Verdict send(
            ReadOnlyCstruct buf,
            int off,
            int len,
            long fromHigh,
            long fromLow,
            long toHigh,
            long toLow,
            int toPort,
            long nowNanos) {
        return udp.send(this, buf, off, len, fromHigh, fromLow, toHigh, toLow, toPort, nowNanos);
    }

    /// Listens to a group, from any source. False if there are too many.
    ///
    /// @throws IllegalArgumentException if it is a source-specific one (232.0.0.0/8, ff3x::/32)
    public boolean join(IpAddress group, long nowNanos) {
        return memberships.join(group, nowNanos);
    }

    /// Listens to a group no more, from whomever.
    public void leave(IpAddress group, long nowNanos) {
        memberships.leave(group, nowNanos);
    }

    /// Listens to a group from this source, beside others that were named (RFC 4607). False if
    /// there are too many.
    ///
    /// @throws IllegalStateException if it is heard from all sources
    public boolean join(IpAddress group, IpAddress source, long nowNanos) {
        return memberships.join(group, source, nowNanos);
    }

    public void leave(IpAddress group, IpAddress source, long nowNanos) {
        memberships.leave(group, source, nowNanos);
    }

    /// Of a group that is heard from any source, hears this one no more. False if there are too
    /// many.
    ///
    /// @throws IllegalStateException if it is not heard from all sources
    public boolean block(IpAddress group, IpAddress source, long nowNanos) {
        return memberships.block(group, source, nowNanos);
    }

    public void unblock(IpAddress group, IpAddress source, long nowNanos) {
        memberships.unblock(group, source, nowNanos);
    }

    /// Frees the port. Nothing happens if it is closed.
    public void close(long nowNanos) {
        if (open) {
            open = false;
            memberships.leaveAll(nowNanos);
            udp.unbind(this);
        }
    }

    /// How well a datagram between these ends fits: 0 not at all, higher is better.
    int fit(long high, long low, long theirHigh, long theirLow, int theirPort) {
        int fit = 1;
        if (any) {
            if (!versions.has(high, low)) return 0;
        } else {
            if (localHigh != high || localLow != low) return 0;
            fit += 1;
        }
        if (remotePort != 0) {
            if (remotePort != theirPort || remoteHigh != theirHigh || remoteLow != theirLow) {
                return 0;
            }
            fit += 2;
        }
        return fit;
    }

    /// Whether a datagram to a group, or to all, is for this port.
    boolean hears(UdpDatagram d, boolean broadcast) {
        return broadcast
                || memberships.hears(
                        d.destinationHigh, d.destinationLow, d.sourceHigh, d.sourceLow);
    }
}
