// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;

import java.util.Random;

/// A program at one end of a connection: writes a known stream in odd pieces, reads the other's at
/// its own pace, and closes its half when it has written all.
final class Talker {
    private static final int PIECE = 9000;

    private final TcpConnection c;
    private final long seed;
    private final long peerSeed;
    private final int total;
    private final int peerTotal;
    private final Random random;
    private final boolean lazy;
    private final Cstruct scratch = Cstruct.create(PIECE);
    private int written;
    int read;
    private boolean shut;
    private boolean closed;

    Talker(TcpConnection c, long seed, int total, long peerSeed, int peerTotal, boolean lazy) {
        this.c = c;
        this.seed = seed;
        this.total = total;
        this.peerSeed = peerSeed;
        this.peerTotal = peerTotal;
        this.lazy = lazy;
        random = new Random(seed);
    }

    private static byte octet(long seed, int at) {
        long z = seed * 0x9e3779b97f4a7c15L + at * 0xbf58476d1ce4e5b9L;
        return (byte) (z >>> 56 ^ z >>> 20);
    }

    /// Does what it can now.
    void act(long now) {
        if (c.error() != TcpError.NONE) throw new AssertionError(this + ": " + c.error());
        if (lazy && random.nextInt(3) > 0) return;
        read(now);
        write(now);
        if (isDone() && !closed) {
            closed = true;
            c.close(now);
        }
    }

    /// From now on some of what comes is taken as it comes, some later.
    void landSome() {
        c.land(
                payload -> {
                    int most = Math.min(payload.length(), PIECE);
                    int count = random.nextBoolean() ? most : random.nextInt(most);
                    payload.copyTo(scratch, 0, count);
                    took(count);
                    return count;
                });
    }

    private void read(long now) {
        took(c.read(scratch, 0, 1 + random.nextInt(PIECE), now));
    }

    private void took(int count) {
        for (int i = 0; i < count; i++) {
            if ((byte) scratch.u8(i) != octet(peerSeed, read + i)) {
                throw new AssertionError(this + ": octet " + (read + i) + " is wrong");
            }
        }
        read += count;
        if (read > peerTotal) throw new AssertionError(this + ": more than was sent");
    }

    private void write(long now) {
        boolean open = c.state().maySend();
        if (!open || shut) return;
        int count = Math.min(total - written, 1 + random.nextInt(PIECE));
        if (count > 0) {
            for (int i = 0; i < count; i++) scratch.putU8(i, octet(seed, written + i));
            written += c.write(scratch, 0, count, random.nextInt(8) == 0, now);
        }
        if (written == total) {
            shut = true;
            c.shutdownWrite(now);
        }
    }

    boolean isDone() {
        return shut && read == peerTotal && c.isAtEnd();
    }

    @Override
    public String toString() {
        return c.state()
                + ", written "
                + written
                + " of "
                + total
                + ", read "
                + read
                + " of "
                + peerTotal
                + ", "
                + c.info(0);
    }
}
