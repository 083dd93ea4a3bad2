// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.tcp.Payload;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpSettings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;

/// A stack of ours on a TAP, with all that it leaves to the kernel, and a connection to a socket of
/// Linux's; both ends driven by the calling thread, whose namespace the TAP is in.
final class TcpTap {
    private static final int PORT = 7;
    private static final int BATCH = 64;
    private static final int CHUNK = 1 << 16;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final TapDevice tap;
    private final Stack stack;
    private final TcpConnection ours;
    private final SocketChannel theirs;
    private final FrameBatch batch = FrameBatch.create(BATCH);
    private final FrameNote note = new FrameNote();
    private final Cstruct data = Cstruct.create(CHUNK);

    /// How much the application waits for, and how much it was handed as it came.
    private int wanted;

    private int landed;
    private final ByteBuffer linux = ByteBuffer.allocateDirect(CHUNK);

    /// Something that needs the interface's name, once it is there.
    interface Raise {
        void raise() throws IOException;
    }

    TcpTap(Raise raise) throws IOException {
        tap = TapDevice.open("bench0", MacAddress.of("02:00:00:00:00:01"));
        raise.raise();
        Set<Offload> all = EnumSet.allOf(Offload.class);
        tap.receiveOffloads(all);
        StackConfig config =
                StackConfig.builder(MacAddress.of("02:00:00:00:00:02"), tap.mtu())
                        .ipv4Only()
                        .address(IpPrefix.of("10.0.0.1/24"))
                        .offloads(tap.sendOffloads())
                        .build();
        stack = Stack.create(config, new HostEntropy(), System.nanoTime());
        var settings = new TcpSettings();
        settings.noDelay = true;
        TcpListener listener = stack.tcp().listen(PORT, 1, settings);
        theirs = SocketChannel.open();
        theirs.configureBlocking(false);
        theirs.connect(new InetSocketAddress("10.0.0.1", PORT));
        TcpConnection accepted = null;
        long start = System.nanoTime();
        while (accepted == null || !theirs.finishConnect()) {
            pump();
            if (accepted == null) {
                accepted = listener.accept();
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) throw new IOException("not connected");
        }
        ours = accepted;
        ours.land(this::land);
    }

    /// Takes what comes to where a read would have put it.
    private int land(Payload payload) {
        int octets = Math.min(payload.length(), wanted - landed);
        payload.copyTo(data, landed, octets);
        landed += octets;
        return octets;
    }

    private void pump() throws IOException {
        long now = System.nanoTime();
        if (tap.poll(batch) > 0) {
            stack.receive(batch, now);
        }
        stack.advance(now);
        for (int len; (len = stack.transmit(tap.slot(), note.clear(), now)) > 0; ) {
            tap.commit(len, note);
        }
        tap.flush();
    }

    /// From us to Linux.
    long send(int times, int length) throws IOException {
        long total = 0;
        for (int turn = 0; turn < times; turn++) {
            int written = 0;
            for (int read = 0; read < length; ) {
                written += ours.write(data, 0, length - written, System.nanoTime());
                pump();
                read += Math.max(0, theirs.read(linux.clear().limit(length - read)));
            }
            total += length;
        }
        return total;
    }

    /// From Linux to us.
    long receive(int times, int length) throws IOException {
        long total = 0;
        for (int turn = 0; turn < times; turn++) {
            int written = 0;
            for (int read = 0; read < length; ) {
                if (written < length) {
                    written += theirs.write(linux.clear().limit(length - written));
                }
                wanted = length - read;
                pump();
                read += landed;
                landed = 0;
                read += ours.read(data, 0, length - read, System.nanoTime());
            }
            wanted = 0;
            total += length;
        }
        return total;
    }
}
