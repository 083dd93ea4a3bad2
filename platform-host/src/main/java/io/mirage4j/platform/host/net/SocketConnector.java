// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// Connects by the kernel's TCP. Any thread may ask.
public final class SocketConnector implements Connector {
    private final long timeoutNanos;

    private SocketConnector(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /// One that waits for the other side for 30 s.
    public static SocketConnector create() {
        return create(TimeUnit.SECONDS.toNanos(30));
    }

    /// One that waits as long as it is told.
    ///
    /// @param timeoutNanos how long it waits for the other side; 0 is as long as the kernel does
    public static SocketConnector create(long timeoutNanos) {
        if (timeoutNanos < 0) {
            throw new IllegalArgumentException("timeout " + timeoutNanos + " < 0");
        }
        return new SocketConnector(timeoutNanos);
    }

    @Override
    public Flow connect(Endpoint remote) throws IOException {
        SocketChannel channel = SocketChannel.open();
        var waits = new Waits(channel);
        try {
            channel.configureBlocking(false);
            boolean connected = channel.connect(Addresses.toJava(remote));
            while (!connected) {
                waits.await(SelectionKey.OP_CONNECT, timeoutNanos, "connect to " + remote);
                connected = channel.finishConnect();
            }
            return SocketFlow.over(channel, waits, () -> {});
        } catch (InterruptedIOException | TimedOutException e) {
            waits.end("connect was given up", channel);
            throw e;
        } catch (IOException | RuntimeException e) {
            waits.end("connect has failed", channel);
            throw new IOException("connect to " + remote + ": " + e.getMessage(), e);
        }
    }
}
