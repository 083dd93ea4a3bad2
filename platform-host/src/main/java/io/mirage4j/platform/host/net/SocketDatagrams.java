// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/// A UDP port of the kernel.
///
/// A port bound to an address tells it with each datagram; one bound to the unspecified address can
/// not, nor send from a certain one. A server on a machine with several binds each.
public final class SocketDatagrams implements Datagrams {
    private final DatagramChannel channel;
    private final Waits waits;
    private final Endpoint local;

    /// What a received datagram was sent to, where that is known.
    private final @Nullable IpAddress localAddress;

    private volatile long receiveTimeoutNanos;

    private SocketDatagrams(DatagramChannel channel) throws IOException {
        this.channel = channel;
        waits = new Waits(channel);
        local = Addresses.of((InetSocketAddress) channel.getLocalAddress());
        localAddress = local.address().isUnspecified() ? null : local.address();
    }

    /// Opens the port `local`, whose number may be 0.
    public static SocketDatagrams open(Endpoint local) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(Addresses.toJava(local));
            return new SocketDatagrams(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("open " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void receive(Datagram into) throws IOException {
        waits.check();
        while (!tryReceive(into)) {
            waits.await(SelectionKey.OP_READ, receiveTimeoutNanos, "receive");
        }
    }

    @Override
    public int receive(Datagram[] into) throws IOException {
        if (into.length == 0) return 0;
        receive(into[0]);
        int count = 1;
        while (count < into.length && tryReceive(into[count])) {
            count++;
        }
        return count;
    }

    private boolean tryReceive(Datagram into) throws IOException {
        ByteBuffer target = into.buffer().asByteBuffer();
        try {
            SocketAddress sender = channel.receive(target);
            if (sender == null) return false;
            into.length(target.position())
                    .remote(Addresses.of((InetSocketAddress) sender))
                    .local(localAddress);
            return true;
        } catch (IOException e) {
            throw waits.because("receive at " + local, e);
        }
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        waits.check();
        IpAddress source = datagram.local();
        if (source != null && !source.equals(localAddress)) {
            throw new IOException("port " + local + " does not send from " + source);
        }
        InetSocketAddress target = Addresses.toJava(datagram.remote());
        ByteBuffer payload = datagram.payload().asByteBuffer();
        while (!trySend(payload, target)) {
            waits.await(SelectionKey.OP_WRITE, 0, "send");
        }
    }

    private boolean trySend(ByteBuffer payload, InetSocketAddress target) throws IOException {
        boolean empty = !payload.hasRemaining();
        try {
            return channel.send(payload, target) > 0 || empty;
        } catch (IOException e) {
            throw waits.because("send to " + Addresses.of(target), e);
        }
    }

    @Override
    public void receiveTimeout(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("timeout " + nanos + " < 0");
        receiveTimeoutNanos = nanos;
    }

    @Override
    public void close() throws IOException {
        waits.endAndWait("port " + local + " is closed", channel);
    }
}
