// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import static io.mirage4j.benchmarks.harness.Row.compared;

import io.mirage4j.benchmarks.harness.Body;
import io.mirage4j.benchmarks.harness.CLibrary;
import io.mirage4j.benchmarks.harness.Pair;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.SkippedException;
import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketListener;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/// The host's devices and sockets beside the same calls without us: what the contracts cost. Both
/// ends are in one thread, so nobody waits for anybody.
final class PlatformHostRows {
    private static final String MODULE = "platform-host";
    private static final int FRAME = 1514;

    static List<Row> rows() {
        return List.of(echo(64), echo(16_384), frames());
    }

    /// There and back over the kernel's loopback.
    private static Row echo(int octets) {
        return compared(
                MODULE,
                "flow-echo-" + octets,
                "java.nio",
                1.15,
                () -> new Pair<>(flows(octets), channels(octets)));
    }

    private static Body flows(int octets) throws IOException {
        try (var listener = SocketListener.open(Endpoint.of("127.0.0.1:0"))) {
            Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
            Flow far = listener.accept();
            Cstruct buf = Cstruct.allocate(Arena.ofAuto(), octets, 8);
            return times -> {
                long total = 0;
                for (int turn = 0; turn < times; turn++) {
                    near.write(buf);
                    total += readFully(far, buf);
                    far.write(buf);
                    total += readFully(near, buf);
                }
                return total;
            };
        }
    }

    private static int readFully(Flow flow, Cstruct buf) throws IOException {
        int count = flow.read(buf);
        while (count < buf.length()) {
            count += flow.read(buf.shift(count));
        }
        return count;
    }

    private static Body channels(int octets) throws IOException {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel near = SocketChannel.open(server.getLocalAddress());
            SocketChannel far = server.accept();
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer buf = ByteBuffer.allocateDirect(octets);
            return times -> {
                long total = 0;
                for (int turn = 0; turn < times; turn++) {
                    total += pass(near, far, buf) + pass(far, near, buf);
                }
                return total;
            };
        }
    }

    private static int pass(SocketChannel from, SocketChannel to, ByteBuffer buf)
            throws IOException {
        buf.clear();
        while (buf.hasRemaining()) {
            from.write(buf);
        }
        buf.clear();
        while (buf.hasRemaining()) {
            to.read(buf);
        }
        return buf.capacity();
    }

    /// From one TAP over a bridge to another.
    private static Row frames() {
        return compared(MODULE, "tap-frame-1514", "C", 1.15, PlatformHostRows::taps);
    }

    private static Pair<Body> taps() throws Exception {
        CLibrary c = CLibrary.of("tap.c");
        if (call(c, "enter_namespace") != 0) {
            throw new SkippedException("no network namespace: it takes root and Debian's iproute2");
        }
        TapDevice near = TapDevice.open("near", MacAddress.of("02:00:00:00:00:01"));
        TapDevice far = TapDevice.open("far", MacAddress.of("02:00:00:00:00:02"));
        if (call(c, "join_ours") != 0 || call(c, "open_theirs") != 0) {
            throw new SkippedException("no bridge of TAPs: the kernel has none");
        }
        Cstruct frame = Cstruct.allocate(Arena.ofAuto(), FRAME, 8);
        far.mac().write(frame, 0);
        near.mac().write(frame, 6);
        frame.putU16be(12, 0x88b5);
        return new Pair<>(
                ours(near, far, frame), c.body("frames", frame.asSegment(), (long) FRAME));
    }

    private static long call(CLibrary c, String name) {
        try {
            return c.body(name).run(1);
        } catch (Throwable t) {
            throw new AssertionError("C threw", t);
        }
    }

    private static Body ours(TapDevice near, TapDevice far, Cstruct frame) {
        return times -> {
            long octets = 0;
            for (int turn = 0; turn < times; turn++) {
                near.slot().put(0, frame);
                near.commit(FRAME);
                Cstruct received;
                while ((received = far.poll()) == null) {
                    Thread.onSpinWait();
                }
                octets += received.length();
            }
            return octets;
        };
    }

    private PlatformHostRows() {}
}
