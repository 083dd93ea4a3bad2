// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.packetdrill;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.SegmentSink;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.tcp.TcpStack;

import java.util.ArrayDeque;
import java.util.Map;

/// The host under test: a TCP stack, its address, a virtual clock, and what it has sent.
final class Host implements SegmentSink {
    private static final int HEADROOM = 62;
    private static final boolean TRACE = Boolean.getBoolean("packetdrill.trace");

    final TcpParameters parameters;
    final TcpStack tcp;
    final ArrayDeque<Sent> sent = new ArrayDeque<>();
    final long started = 1_000_000_000_000L;
    long now = started;
    int mtu = 1500;

    /// The device takes nothing, and nobody will say when it does again.
    boolean refuses;

    byte[] signatureKey = {};

    private final IpAddress local;
    private final IpAddress remote;

    Host(TcpParameters parameters, Map<String, String> options) {
        this.parameters = parameters;
        boolean v6 = options.getOrDefault("ip_version", "ipv4").equals("ipv6");
        local =
                IpAddress.of(
                        options.getOrDefault("local_ip", v6 ? "fd3d:fa7b:d17d::1" : "192.168.0.1"));
        remote = IpAddress.of(options.getOrDefault("remote_ip", v6 ? "2001:db8::1" : "192.0.2.1"));
        tcp = new TcpStack(this, new SeededEntropy(7), parameters);
    }

    boolean isIpv6() {
        return local instanceof Ipv6Address;
    }

    /// From this host to the other.
    Envelope outward() {
        return envelope(local, remote);
    }

    Envelope inward() {
        return envelope(remote, local);
    }

    private static Envelope envelope(IpAddress from, IpAddress to) {
        var e = new Envelope();
        if (from instanceof Ipv4Address a && to instanceof Ipv4Address b) {
            return e.addresses(a.bits(), b.bits());
        }
        var a = (Ipv6Address) from;
        var b = (Ipv6Address) to;
        return e.addresses(a.high(), a.low(), b.high(), b.low());
    }

    /// The octets of the pseudo-header of a segment from the other host.
    byte[] pseudoHeader(int length) {
        int octets = local.lengthOctets();
        Cstruct pseudo = Cstruct.create(octets == 4 ? 12 : 40);
        remote.write(pseudo, 0);
        local.write(pseudo, octets);
        if (octets == 4) {
            pseudo.putU16be(8, 6);
            pseudo.putU16be(10, length);
        } else {
            pseudo.putU32be(32, length);
            pseudo.putU32be(36, 6);
        }
        return pseudo.toByteArray();
    }

    /// Lets time pass, timers go off on their way.
    void runTo(long time, Runnable between) {
        while (true) {
            long deadline = tcp.nextDeadline();
            if (deadline > time) break;
            now = Math.max(now, deadline);
            tcp.advance(now);
            between.run();
        }
        now = Math.max(now, time);
    }

    @Override
    public int headroom() {
        return HEADROOM;
    }

    @Override
    public Cstruct slot(int len) {
        return refuses ? null : Cstruct.create(HEADROOM + len);
    }

    @Override
    public void commit(Envelope envelope, Cstruct slot, int len, long time) {
        Sent segment = Sent.of(envelope, slot, HEADROOM, len, time);
        if (TRACE) {
            System.out.println((time - started) / 1e9 + " " + segment);
        }
        sent.add(segment);
    }

    @Override
    public int mtu(long destinationHigh, long destinationLow) {
        return mtu;
    }
}
