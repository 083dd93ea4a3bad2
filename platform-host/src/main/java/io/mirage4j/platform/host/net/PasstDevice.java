// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.platform.host.loop.Waitable;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// An Ethernet port that [passt](https://passt.top) joins to the host's network, without root and
/// without native code: `passt --socket PATH`, then [#connect]. passt gives the address of the host
/// by DHCP, and forwards the ports that it was told to.
///
/// On its socket each frame stands behind its length in four octets, the highest first. Many frames
/// come in one read and leave in one write. Nothing here allocates but a frame's window.
///
/// One owner; anybody may close it.
public final class PasstDevice implements Waitable, Closeable {
    /// What passt announces to its guests unless told otherwise.
    public static final int MTU = 65_520;

    private static final int LENGTH_OCTETS = 4;
    private static final int BUFFER = 1 << 19;
    private static final FrameNote PLAIN = new FrameNote();

    private final SocketChannel channel;
    private final MacAddress mac;
    private final int mtu;

    /// Octets from `taken` on up to the position have not been looked at.
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);

    private final Cstruct inWindow = Cstruct.of(in.duplicate());
    private int taken;

    /// Octets from `left` on up to the position have not gone.
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

    private final Cstruct outWindow = Cstruct.of(out.duplicate());
    private int left;

    private @Nullable Cstruct slot;
    private volatile @Nullable Selector selector;

    private PasstDevice(SocketChannel channel, MacAddress mac, int mtu) throws IOException {
        this.channel = channel;
        this.mac = mac;
        this.mtu = mtu;
        channel.configureBlocking(false);
    }

    /// Connects to the passt that listens at `socket`.
    ///
    /// @param mac the address of this end
    /// @throws IOException if there is none
    public static PasstDevice connect(Path socket, MacAddress mac) throws IOException {
        return connect(socket, mac, MTU);
    }

    /// Connects to the passt that listens at `socket`, with another MTU.
    ///
    /// @param mtu as passt was told by `--mtu`, from 1280 to 65,520
    public static PasstDevice connect(Path socket, MacAddress mac, int mtu) throws IOException {
        if (mtu < 1280 || mtu > MTU) {
            throw new IllegalArgumentException("mtu " + mtu + " is not in 1280.." + MTU);
        }
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            return new PasstDevice(channel, mac, mtu);
        } catch (IOException e) {
            throw new IOException("passt at " + socket + ": " + e.getMessage(), e);
        }
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public @Nullable Cstruct poll() throws IOException {
        Cstruct frame = nextInBuffer();
        if (frame == null && refill()) {
            frame = nextInBuffer();
        }
        return frame;
    }

    @Override
    public int poll(FrameBatch batch) throws IOException {
        batch.clear();
        Cstruct frame = poll();
        while (frame != null) {
            batch.nextNote().clear();
            batch.add(frame);
            // Not from the socket: that would move the frames of this batch.
            frame = batch.isFull() ? null : nextInBuffer();
        }
        return batch.size();
    }

    /// The next frame that is whole, or null.
    private @Nullable Cstruct nextInBuffer() throws IOException {
        while (in.position() - taken >= LENGTH_OCTETS) {
            int len = in.getInt(taken);
            // Longer than it announces may be what the host has joined; longer than IP is nothing.
            if (len < 0 || len > 0xffff + HEADER_OCTETS) {
                throw new IOException("passt sent a frame of " + (len & 0xffffffffL) + " octets");
            }
            int start = taken + LENGTH_OCTETS;
            if (in.position() - start < len) return null;
            taken = start + len;
            if (len >= HEADER_OCTETS) return inWindow.sub(start, len);
        }
        return null;
    }

    /// Takes what the socket has; false if that is nothing.
    private boolean refill() throws IOException {
        if (taken == in.position()) {
            in.clear();
            taken = 0;
        } else if (taken > 0) {
            // What is left is the beginning of one frame.
            in.limit(in.position()).position(taken);
            in.compact();
            taken = 0;
        }
        int count = channel.read(in);
        if (count < 0) throw new EOFException("passt has gone");
        return count > 0;
    }

    @Override
    public boolean hasRoom() {
        return out.capacity() - out.position() >= LENGTH_OCTETS + mtu + HEADER_OCTETS;
    }

    @Override
    public Cstruct slot() {
        Cstruct given = slot;
        if (given == null) {
            checkRoom();
            given = outWindow.sub(out.position() + LENGTH_OCTETS, mtu + HEADER_OCTETS);
            slot = given;
        }
        return given;
    }

    private void checkRoom() {
        if (!hasRoom()) throw new IllegalStateException("no room: passt is slow");
    }

    @Override
    public void commit(int len) {
        checkCommit(len, PLAIN);
        checkRoom();
        slot = null;
        int start = out.position();
        out.putInt(start, len).position(start + LENGTH_OCTETS + len);
    }

    @Override
    public void flush() throws IOException {
        int end = out.position();
        if (left == end) return;
        out.limit(end).position(left);
        try {
            channel.write(out);
        } finally {
            left = out.position();
            out.limit(out.capacity()).position(end);
        }
        if (slot == null && (left == end || !hasRoom())) {
            out.limit(end).position(left);
            out.compact();
            left = 0;
        }
    }

    @Override
    public Sleeper sleeper() throws IOException {
        Selector opened = Selector.open();
        SelectionKey key = channel.register(opened, SelectionKey.OP_READ);
        selector = opened;
        return new Sleeper() {
            @Override
            public void sleep(long nanos) throws IOException {
                key.interestOps(
                        SelectionKey.OP_READ | (left < out.position() ? SelectionKey.OP_WRITE : 0));
                // Up to a millisecond too long, rather than a millisecond of looking in vain.
                long millis = TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
                try {
                    opened.select(_ -> {}, millis);
                } catch (ClosedSelectorException e) {
                    throw new IOException("passt is closed", e);
                }
            }

            @Override
            public void wake() {
                opened.wakeup();
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Selector opened = selector;
        if (opened != null) {
            opened.close();
        }
    }
}
