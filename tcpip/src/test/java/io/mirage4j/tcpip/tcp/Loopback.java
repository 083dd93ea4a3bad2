// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.memory.SeededEntropy;

/// Two stacks on one thread and a perfect wire of a few slots between them, which allocates
/// nothing: for measuring.
final class Loopback {
    private static final int HEADROOM = 62;
    private static final int SLOTS = 1024;

    final TcpStack a;
    final TcpStack b;
    long now = 1_000_000_000L;
    long segments;

    /// The address of whoever stands at the side of `a`.
    int source = Link.A;

    /// Whether `b` is given what is on the wire as one batch.
    boolean batches;

    private final Cstruct[] slots = new Cstruct[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final boolean[] toB = new boolean[SLOTS];
    private int head;
    private int tail;
    private final Envelope inward = new Envelope();

    Loopback(TcpParameters p, int mtu) {
        for (int i = 0; i < SLOTS; i++) slots[i] = Cstruct.create(HEADROOM + mtu);
        a = new TcpStack(new End(true, mtu), new SeededEntropy(1), p);
        b = new TcpStack(new End(false, mtu), new SeededEntropy(2), p);
    }

    private final class End implements SegmentSink {
        private final boolean forB;
        private final int mtu;

        End(boolean forB, int mtu) {
            this.forB = forB;
            this.mtu = mtu;
        }

        @Override
        public int headroom() {
            return HEADROOM;
        }

        @Override
        public Cstruct slot(int len) {
            return tail - head < SLOTS ? slots[tail & SLOTS - 1] : null;
        }

        @Override
        public void commit(Envelope envelope, Cstruct slot, int len, long time) {
            lengths[tail & SLOTS - 1] = len;
            toB[tail++ & SLOTS - 1] = forB;
        }

        @Override
        public int mtu(long destinationHigh, long destinationLow) {
            return mtu;
        }
    }

    /// Delivers all that is on the wire, and what that brings about.
    void run() {
        while (head != tail) {
            int i = head & SLOTS - 1;
            now += 1000;
            segments++;
            if (toB[i]) {
                inward.addresses(source, Link.B);
                if (batches) {
                    b.join(inward, slots[i], HEADROOM, lengths[i], now);
                } else {
                    b.receive(inward, slots[i], HEADROOM, lengths[i], now);
                }
            } else {
                inward.addresses(Link.B, source);
                a.receive(inward, slots[i], HEADROOM, lengths[i], now);
            }
            head++;
            if (head == tail) {
                b.settle(now);
            }
        }
        a.resume(now);
        b.resume(now);
    }

    void advance(long nanos) {
        now += nanos;
        a.advance(now);
        b.advance(now);
        run();
    }
}
