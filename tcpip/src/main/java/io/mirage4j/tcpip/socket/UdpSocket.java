// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.tcpip.UdpDatagram;
import io.mirage4j.tcpip.UdpPort;
import io.mirage4j.tcpip.UdpReceiver;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.tcpip.tcp.IpVersions;
import io.mirage4j.tcpip.wire.Addresses;
import io.mirage4j.tcpip.wire.Verdict;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/// A UDP port as [Datagrams]. What comes while [#MOST_WAITING] datagrams or [#MOST_WAITING_OCTETS]
/// octets wait is lost, as is what the stack has no buffer to send from.
///
/// A port that is connected ([#connect]) is told what ICMP says of its datagrams, once, by the next
/// call that receives or sends: an [UnreachableException]. One that is not is told nothing, since
/// what one peer lacks is no fault of another.
public final class UdpSocket implements Datagrams {
    public static final int MOST_WAITING = 1024;
    public static final int MOST_WAITING_OCTETS = 1 << 18;

    private final Sockets net;
    private final Inbox inbox;
    private final Delivery delivery;
    private final UdpPort port;
    private final Endpoint local;
    private volatile long receiveTimeoutNanos;

    private UdpSocket(Sockets net, Inbox inbox, Delivery delivery, UdpPort port) {
        this.net = net;
        this.inbox = inbox;
        this.delivery = delivery;
        this.port = port;
        local = port.local();
    }

    static UdpSocket open(Sockets net, Endpoint at, IpVersions versions) throws IOException {
        var call =
                new Call(net, "bind " + at) {
                    private @Nullable UdpSocket socket;

                    @Override
                    boolean attempt(long now) throws IOException {
                        socket = openNow(net, at, versions);
                        return true;
                    }
                };
        call.await();
        return Objects.requireNonNull(call.socket);
    }

    private static UdpSocket openNow(Sockets net, Endpoint at, IpVersions versions)
            throws IOException {
        var inbox = new Inbox("port " + at);
        var delivery = new Delivery(inbox);
        UdpPort port =
                net.stack()
                        .bindUdp(at, versions, delivery)
                        .orElseThrow(() -> new IOException(at + ": taken"));
        var socket = new UdpSocket(net, inbox, delivery, port);
        net.add(socket);
        return socket;
    }

    /// What the loop brings to the application.
    private static final class Delivery implements UdpReceiver {
        private final Inbox inbox;

        /// Only what is said of this peer counts; the loop's.
        private @Nullable Endpoint peer;

        Delivery(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void received(UdpDatagram d, long now) {
            inbox.offer(
                    new Inbox.Waiting(d.remote(), d.local().address(), d.payload().toByteArray()));
        }

        /// As Linux: of a connected port the errors that will not pass by themselves.
        @Override
        public void failed(Endpoint remote, IcmpError error, long now) {
            boolean lasts =
                    switch (error) {
                        case PORT_UNREACHABLE,
                                PROTOCOL_UNREACHABLE,
                                ADMINISTRATIVELY_PROHIBITED,
                                PARAMETER_PROBLEM ->
                                true;
                        case NET_UNREACHABLE,
                                HOST_UNREACHABLE,
                                TOO_BIG,
                                SOURCE_ROUTE_FAILED,
                                TIME_EXCEEDED ->
                                false;
                    };
            if (lasts && remote.equals(peer)) {
                inbox.fail(new UnreachableException(remote, error));
            }
        }
    }

    /// From now on only datagrams of `remote` are received, and what ICMP says of ours to it is
    /// told.
    ///
    /// @throws IOException if the port is closed
    public void connect(Endpoint remote) throws IOException {
        inbox.checkOpen();
        net.run(
                (stack, now) -> {
                    port.connect(remote);
                    delivery.peer = remote;
                });
    }

    /// Listens to a group: from any source, or from `sources` alone (RFC 4607), which is the only
    /// way for 232.0.0.0/8 and ff3x::/32.
    ///
    /// @throws IOException if there are too many groups or sources, or the port is closed
    public void join(IpAddress group, IpAddress... sources) throws IOException {
        inbox.checkOpen();
        var joined = new boolean[1];
        net.run(
                (stack, now) -> {
                    joined[0] = sources.length > 0 || port.join(group, now);
                    for (IpAddress source : sources) {
                        joined[0] &= port.join(group, source, now);
                    }
                });
        if (!joined[0]) throw new IOException(group + ": too many groups or sources");
    }

    /// Listens to a group no more, from whomever.
    public void leave(IpAddress group) throws IOException {
        net.run((stack, now) -> port.leave(group, now));
    }

    /// Of a group that is heard from any source, hears this one no more.
    ///
    /// @throws IOException if there are too many
    public void block(IpAddress group, IpAddress source) throws IOException {
        var blocked = new boolean[1];
        net.run((stack, now) -> blocked[0] = port.block(group, source, now));
        if (!blocked[0]) throw new IOException(group + ": too many sources");
    }

    /// Hop limit of what is sent from now on, 1 to 255; 0 is the usual one, which is 1 to groups.
    public void hopLimit(int hops) throws IOException {
        if (hops < 0 || hops > 255) throw new IllegalArgumentException("hop limit " + hops);
        net.run((stack, now) -> port.hopLimit(hops));
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void receive(Datagram into) throws IOException {
        inbox.take(receiveTimeoutNanos).putInto(into);
    }

    @Override
    public int receive(Datagram[] into) throws IOException {
        if (into.length == 0) return 0;
        receive(into[0]);
        int count = 1;
        for (Inbox.Waiting next; count < into.length && (next = inbox.poll()) != null; count++) {
            next.putInto(into[count]);
        }
        return count;
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        inbox.checkSound();
        new SendCall(new Datagram[] {datagram}, 1).await();
    }

    @Override
    public void send(Datagram[] datagrams, int count) throws IOException {
        inbox.checkSound();
        Objects.checkFromIndexSize(0, count, datagrams.length);
        if (count > 0) {
            new SendCall(datagrams, count).await();
        }
    }

    @Override
    public void receiveTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        receiveTimeoutNanos = nanos;
    }

    @Override
    public void close() {
        inbox.close();
        net.executeIfOpen(() -> closeNow(net.now()));
    }

    // In the loop.

    void closeNow(long now) {
        inbox.close();
        net.remove(this);
        port.close(now);
    }

    private final class SendCall extends Call {
        private final Datagram[] datagrams;
        private final int count;

        SendCall(Datagram[] datagrams, int count) {
            super(UdpSocket.this.net, "send from " + local);
            this.datagrams = datagrams;
            this.count = count;
        }

        @Override
        boolean attempt(long now) throws IOException {
            IOException failed = null;
            for (int i = 0; i < count; i++) {
                Verdict verdict = sendNow(datagrams[i], now);
                if (verdict != Verdict.OK && verdict != Verdict.NO_BUFFER && failed == null) {
                    failed = new IOException(datagrams[i].remote() + ": not sent: " + verdict);
                }
            }
            if (failed != null) throw failed;
            return true;
        }

        private Verdict sendNow(Datagram datagram, long now) {
            Cstruct buf = datagram.buffer();
            IpAddress from = datagram.local();
            IpAddress to = datagram.remote().address();
            return port.send(
                    buf,
                    0,
                    datagram.length(),
                    from == null ? 0 : Addresses.high(from),
                    from == null ? 0 : Addresses.low(from),
                    Addresses.high(to),
                    Addresses.low(to),
                    datagram.remote().port(),
                    now);
        }
    }
}
