// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Accepts by the kernel's TCP, so many flows at a time: further ones wait in the kernel's backlog,
/// and beyond that the kernel does not answer them.
public final class SocketListener implements Listener {
    private static final int BACKLOG = 1024;
    private static final int MANY = 100_000;

    private final ServerSocketChannel channel;
    private final Waits waits;
    private final Endpoint local;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int mostFlows;
    private int flows; // that were accepted, or for which somebody waits, and that have not ended
    private boolean closed;

    private SocketListener(ServerSocketChannel channel, int mostFlows) throws IOException {
        this.channel = channel;
        this.mostFlows = mostFlows;
        waits = new Waits(channel);
        local = Addresses.of((InetSocketAddress) channel.getLocalAddress());
    }

    /// Listens at `local`, whose port may be 0, for up to 100,000 flows at a time.
    public static SocketListener open(Endpoint local) throws IOException {
        return open(local, BACKLOG, MANY);
    }

    /// Listens at `local` within limits.
    ///
    /// @param backlog how many the kernel keeps that nobody has accepted
    /// @param mostFlows how many may be open; [#accept] waits for one to end before it takes more
    public static SocketListener open(Endpoint local, int backlog, int mostFlows)
            throws IOException {
        if (backlog < 1 || mostFlows < 1) {
            throw new IllegalArgumentException(
                    "backlog " + backlog + " or flows " + mostFlows + " < 1");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(Addresses.toJava(local), backlog);
            return new SocketListener(channel, mostFlows);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("listen at " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Flow accept() throws IOException {
        takePlace();
        boolean accepted = false;
        try {
            while (true) {
                SocketChannel next = tryAccept();
                if (next == null) {
                    waits.await(SelectionKey.OP_ACCEPT, 0, "accept");
                    continue;
                }
                try {
                    Flow flow = SocketFlow.over(next, new Waits(next), this::leavePlace);
                    accepted = true;
                    return flow;
                } catch (IOException e) {
                    // It was reset while it waited: the next one, please.
                }
            }
        } finally {
            if (!accepted) {
                leavePlace();
            }
        }
    }

    private @Nullable SocketChannel tryAccept() throws IOException {
        waits.check();
        try {
            return channel.accept();
        } catch (IOException e) {
            throw waits.because("accept at " + local, e);
        }
    }

    private void takePlace() throws IOException {
        lock.lock();
        try {
            while (!closed && flows == mostFlows) {
                changed.await();
            }
            if (closed) throw new IOException("listener is closed");
            flows++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("accept was interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void leavePlace() {
        lock.lock();
        try {
            flows--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        waits.endAndWait("listener is closed", channel);
    }
}
