// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.FaultyLink;
import io.mirage4j.platform.memory.LinkFaults;
import io.mirage4j.platform.memory.MemoryLink;
import io.mirage4j.platform.memory.SeededEntropy;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.tcp.TcpParameters;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// Two stacks with sockets on the two ends of a cable, both driven by one thread, in real time.
final class TwoHosts implements AutoCloseable {
    static final IpAddress LEFT = IpAddress.of("192.0.2.1");
    static final IpAddress RIGHT = IpAddress.of("192.0.2.2");
    static final IpAddress LEFT_6 = IpAddress.of("2001:db8::1");
    static final IpAddress RIGHT_6 = IpAddress.of("2001:db8::2");

    private static final long NAP_NANOS = 50_000;

    final Clock clock = new HostClock();
    final Sockets left;
    final Sockets right;
    private final Thread thread = new Thread(this::run, "two hosts");
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final List<End> ends;
    private volatile boolean ended;

    private record End(Engine engine, NetDevice device, FrameNote note) {}

    private TwoHosts(NetDevice leftPort, NetDevice rightPort, UnaryOperator<TcpParameters> tcp)
            throws IOException {
        var leftEnd = new End[1];
        var rightEnd = new End[1];
        left = sockets(leftPort, LEFT + "/24", LEFT_6 + "/64", tcp, leftEnd);
        right = sockets(rightPort, RIGHT + "/24", RIGHT_6 + "/64", tcp, rightEnd);
        ends = List.of(leftEnd[0], rightEnd[0]);
        thread.start();
    }

    static TwoHosts joined() throws IOException {
        return joined(tcp -> tcp);
    }

    static TwoHosts joined(UnaryOperator<TcpParameters> tcp) throws IOException {
        MemoryLink link = MemoryLink.create(256);
        return new TwoHosts(link.left(), link.right(), tcp);
    }

    static TwoHosts joinedBadly(long seed, LinkFaults faults, UnaryOperator<TcpParameters> tcp)
            throws IOException {
        FaultyLink link = FaultyLink.create(new HostClock(), seed, faults);
        return new TwoHosts(link.left(), link.right(), tcp);
    }

    private Sockets sockets(
            NetDevice nic, String v4, String v6, UnaryOperator<TcpParameters> tcp, End[] end)
            throws IOException {
        StackConfig config =
                StackConfig.builder(nic)
                        .address(IpPrefix.of(v4))
                        .address(IpPrefix.of(v6))
                        .duplicateProbes(0)
                        .tcp(tcp.apply(TcpParameters.linux()))
                        .build();
        Stack stack = Stack.create(config, new SeededEntropy(nic.mac().bits()), clock.nanoTime());
        return Sockets.start(
                stack,
                clock,
                engine -> {
                    end[0] = new End(engine, nic, new FrameNote());
                    return loop();
                });
    }

    private Executor loop() {
        return task -> {
            if (ended) throw new RejectedExecutionException("the test is over");
            work.add(task);
            LockSupport.unpark(thread);
        };
    }

    private void run() {
        while (!ended) {
            boolean busy = false;
            for (End end : ends) {
                busy |= turn(end);
            }
            for (Runnable task; (task = work.poll()) != null; ) {
                task.run();
                busy = true;
            }
            if (!busy) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    private boolean turn(End end) {
        try {
            long now = clock.nanoTime();
            boolean busy = false;
            for (Cstruct frame; (frame = end.device.poll()) != null; busy = true) {
                end.engine.receive(frame, now);
            }
            end.engine.advance(now);
            for (int len;
                    end.device.hasRoom()
                            && (len = end.engine.transmit(end.device.slot(), end.note.clear(), now))
                                    > 0;
                    busy = true) {
                end.device.commit(len, end.note);
            }
            end.device.flush();
            return busy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        left.close();
        right.close();
        ended = true;
        thread.join();
    }
}
