// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/// A port that waits for connections. Half-open ones are counted against one bound, those that wait
/// to be accepted against another.
public final class TcpListener {
    private final TcpStack stack;
    final long localHigh;
    final long localLow;

    /// Of what versions, where the address is 0, any.
    final IpVersions versions;

    final int port;
    final TcpSettings settings;
    private final int backlog;
    private final ArrayDeque<TcpConnection> waiting = new ArrayDeque<>();
    int halfOpen;
    int fastOpened;
    private boolean closed;

    TcpListener(
            TcpStack stack,
            long localHigh,
            long localLow,
            IpVersions versions,
            int port,
            int backlog,
            TcpSettings s) {
        this.stack = stack;
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.versions = versions;
        this.port = port;
        this.backlog = backlog;
        settings = s;
    }

    /// Whether it waits at any address.
    boolean isAny() {
        return localHigh == 0 && localLow == 0;
    }

    boolean isAt(long high, long low) {
        return localHigh == high && localLow == low;
    }

    /// Whether two at one port would be told the same.
    boolean excludes(TcpListener other) {
        return isAt(other.localHigh, other.localLow)
                && (!isAny() || versions.overlaps(other.versions));
    }

    public int port() {
        return port;
    }

    /// The options that accepted connections begin with; to be changed freely.
    public TcpSettings settings() {
        return settings;
    }

    /// The connection that has waited longest, or null.
    public @Nullable TcpConnection accept() {
        TcpConnection c = waiting.poll();
        if (c != null) {
            c.listener = null;
        }
        return c;
    }

    public int waiting() {
        return waiting.size();
    }

    public int halfOpen() {
        return halfOpen;
    }

    /// Takes no more, and resets what nobody accepted.
    public void close(long now) {
        closed = true;
        stack.listeners.remove(this);
        for (TcpConnection c : waiting) {
            c.listener = null;
            c.abort(now);
        }
        waiting.clear();
        stack.abandonHalfOpen(this, now);
    }

    boolean isClosed() {
        return closed;
    }

    /// Linux counts one more than it was told.
    boolean hasRoom() {
        return waiting.size() <= backlog;
    }

    /// A connection that can be accepted: established, or opened fast.
    void offer(TcpConnection c) {
        waiting.add(c);
        stack.listeners.isReady(this);
    }

    void established(TcpConnection c) {
        halfOpen--;
        if (c.isFastOpened()) {
            fastOpened--;
            return;
        }
        offer(c);
    }

    void failed(TcpConnection c) {
        halfOpen--;
        if (c.isFastOpened()) {
            fastOpened--;
        }
    }
}
