// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.Payload;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.wire.Addresses;

import java.io.IOException;

/// Two stacks of ours with a cable in memory between them and a connection over it, both ends
/// driven by the calling thread. `tcpip.c` is the twin of this.
final class TcpCable {
    private static final int PORT = 7;
    private static final int FRAMES = 64;

    /// As many as the loop of a host takes at once.
    private static final int BATCH = 64;

    private final End near;
    private final End far;
    private final TcpConnection client;
    private final TcpConnection server;
    private final Cstruct data = Cstruct.create(1 << 16);
    private final Cstruct sink = Cstruct.create(1 << 16);

    /// Octets that the application of an end was handed as they came, since it last looked.
    private int landed;

    TcpCable() throws IOException {
        MemoryLink link = MemoryLink.create(FRAMES);
        near = new End(link.left(), "10.0.0.1/24");
        far = new End(link.right(), "10.0.0.2/24");
        var settings = new TcpSettings();
        settings.noDelay = true;
        TcpListener listener = far.stack.tcp().listen(PORT, 1, settings);
        long now = System.nanoTime();
        var envelope = new Envelope();
        IpAddress ours = IpAddress.of("10.0.0.1");
        IpAddress theirs = IpAddress.of("10.0.0.2");
        envelope.addresses(
                Addresses.high(ours),
                Addresses.low(ours),
                Addresses.high(theirs),
                Addresses.low(theirs));
        TcpConnection opened = near.stack.tcp().connect(envelope, 0, PORT, settings, now);
        TcpConnection accepted = null;
        for (int i = 0; i < 100 && accepted == null; i++) {
            pump(System.nanoTime());
            accepted = listener.accept();
        }
        if (opened == null || accepted == null) throw new IOException("not connected");
        client = opened;
        server = accepted;
        client.land(this::land);
        server.land(this::land);
    }

    /// Takes what comes into [#sink], as the twin's `receive` does.
    private int land(Payload payload) {
        int octets = Math.min(payload.length(), sink.length());
        payload.copyTo(sink, 0, octets);
        landed += octets;
        return octets;
    }

    /// What has landed, and what had to wait for some reason.
    private int read(TcpConnection c, int most, long now) {
        int octets = landed;
        landed = 0;
        return octets < most ? octets + c.read(sink, 0, most - octets, now) : octets;
    }

    /// One end of the cable.
    private static final class End {
        final NetDevice device;
        final Stack stack;
        private final FrameBatch batch = FrameBatch.create(BATCH);

        End(NetDevice device, String address) {
            this.device = device;
            var config = StackConfig.builder(device).ipv4Only().address(IpPrefix.of(address));
            stack = Stack.create(config.build(), new SeededEntropy(1), System.nanoTime());
        }

        /// Takes what has come in and sends what there is to send; says whether that was anything.
        boolean carry(long now) throws IOException {
            int size;
            do {
                size = device.poll(batch);
                stack.receive(batch, now);
            } while (size == BATCH);
            boolean any = false;
            for (int len; device.hasRoom(); any = true) {
                len = stack.transmit(device.slot(), now);
                if (len == 0) break;
                device.commit(len);
            }
            return any;
        }
    }

    private void pump(long now) throws IOException {
        near.stack.advance(now);
        far.stack.advance(now);
        do near.carry(now);
        while (far.carry(now));
    }

    /// One way: writes `length` octets, at the other end reads them.
    long bulk(int times, int length) throws IOException {
        long total = 0;
        for (int turn = 0; turn < times; turn++) {
            int written = 0;
            for (int read = 0; read < length; ) {
                long now = System.nanoTime();
                written += client.write(data, written, length - written, now);
                pump(now);
                read += read(server, length - read, now);
            }
            total += length;
        }
        return total;
    }

    /// There and back: `length` octets each way.
    long roundTrip(int times, int length) throws IOException {
        long total = 0;
        for (int turn = 0; turn < times; turn++) {
            total += pass(client, server, length) + pass(server, client, length);
        }
        return total;
    }

    private int pass(TcpConnection from, TcpConnection to, int length) throws IOException {
        long now = System.nanoTime();
        from.write(data, 0, length, now);
        pump(now);
        int read = read(to, length, now);
        while (read < length) {
            now = System.nanoTime();
            pump(now);
            read += read(to, length - read, now);
        }
        return read;
    }

    /// Segments that both ends have sent.
    long segments() {
        return near.stack.tcp().segmentsSent() + far.stack.tcp().segmentsSent();
    }
}
