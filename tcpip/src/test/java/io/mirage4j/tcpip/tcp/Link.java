// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.memory.SeededEntropy;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Random;

/// Two stacks and the link between them, in virtual time: it delays, loses, doubles, reorders and
/// corrupts by a seed.
final class Link {
    static final int A = 0x0a000001;
    static final int B = 0x0a000002;
    private static final int HEADROOM = 62;

    /// How bad it is; chances in thousandths.
    static final class Quality {
        long delayNanos = 10_000_000L;
        long jitterNanos;
        int loss;
        int duplicates;
        int corruption;
        int congestionMarks;
        int mtu = 1500;
        long nanosPerOctet;
        int deviceRefusals;

        /// The device cuts segments of up to this payload; 0: it does not.
        int segmentation;

        /// What arrives at one moment is handed over as a batch.
        boolean batches;
    }

    private record Packet(long at, long order, boolean toB, byte[] octets, int ecn) {}

    final Quality quality;
    final TcpStack a;
    final TcpStack b;
    long now = 1_000_000_000L;
    long packets;
    private final Random random;
    private final PriorityQueue<Packet> flying =
            new PriorityQueue<>(
                    (x, y) ->
                            x.at != y.at
                                    ? Long.compare(x.at, y.at)
                                    : Long.compare(x.order, y.order));
    private long order;
    private final long[] lineFreeAt = new long[2];
    private boolean refused;

    /// Larger packets than this do not get through; whether anybody says so.
    int pathMtu = 1 << 16;

    boolean tellsTooBig = true;
    private final ArrayDeque<Runnable> errors = new ArrayDeque<>();

    Link(Quality quality, TcpParameters forA, TcpParameters forB, long seed) {
        this.quality = quality;
        random = new Random(seed);
        a = new TcpStack(new End(true), new SeededEntropy(seed), forA);
        b = new TcpStack(new End(false), new SeededEntropy(seed + 1), forB);
    }

    static Envelope fromAToB() {
        return new Envelope().addresses(A, B);
    }

    private final class End implements SegmentSink {
        private final boolean toB;

        End(boolean toB) {
            this.toB = toB;
        }

        @Override
        public int headroom() {
            return HEADROOM;
        }

        @Override
        public Cstruct slot(int len) {
            if (quality.deviceRefusals > 0 && random.nextInt(1000) < quality.deviceRefusals) {
                refused = true;
                return null;
            }
            return Cstruct.create(HEADROOM + len);
        }

        @Override
        public void commit(Envelope envelope, Cstruct slot, int len, long time) {
            if (envelope.segmentSize() > 0) {
                cut(envelope, slot.sub(HEADROOM, len));
                return;
            }
            packets++;
            if (len + 20 > quality.mtu) throw new AssertionError("segment of " + len);
            send(toB, slot.toByteArray(HEADROOM, len), envelope.ecn());
        }

        /// What a device with segmentation offload does.
        private void cut(Envelope envelope, Cstruct large) {
            int header = TcpWire.headerLength(large, 0);
            int size = envelope.segmentSize();
            for (int at = header; at < large.length(); at += size) {
                int len = Math.min(size, large.length() - at);
                boolean last = at + len == large.length();
                Cstruct piece = Cstruct.create(header + len);
                piece.put(0, large.sub(0, header));
                piece.put(header, large.sub(at, len));
                piece.putU32be(4, TcpWire.seq(large, 0) + at - header);
                int flags = TcpWire.flags(large, 0);
                if (!last) {
                    flags &= ~(TcpWire.PSH | TcpWire.FIN);
                }
                if (at > header) {
                    flags &= ~TcpWire.CWR;
                }
                piece.putU8(13, flags);
                TcpWire.putChecksum(piece, 0, 0);
                long sum = InternetChecksum.onesComplementSum(piece);
                sum += TcpWire.pseudoHeaderSum(envelope, piece.length());
                TcpWire.putChecksum(piece, 0, InternetChecksum.finish(sum));
                packets++;
                if (piece.length() + 20 > quality.mtu) throw new AssertionError("piece " + len);
                send(toB, piece.toByteArray(), envelope.ecn());
            }
        }

        @Override
        public int segmentationLimit() {
            return quality.segmentation;
        }

        @Override
        public int mtu(long destinationHigh, long destinationLow) {
            return quality.mtu;
        }
    }

    private void send(boolean toB, byte[] octets, int ecn) {
        if (octets.length + 20 > pathMtu) {
            tooBig(toB, octets);
            return;
        }
        if (random.nextInt(1000) < quality.loss) return;
        if (ecn != Envelope.NOT_ECT && random.nextInt(1000) < quality.congestionMarks) {
            ecn = Envelope.CE;
        }
        if (random.nextInt(1000) < quality.corruption) {
            octets = octets.clone();
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int line = toB ? 1 : 0;
        lineFreeAt[line] = Math.max(lineFreeAt[line], now) + octets.length * quality.nanosPerOctet;
        int copies = random.nextInt(1000) < quality.duplicates ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long jitter = quality.jitterNanos == 0 ? 0 : random.nextLong(quality.jitterNanos);
            long at = lineFreeAt[line] + quality.delayNanos + jitter;
            flying.add(new Packet(at, order++, toB, octets, ecn));
        }
    }

    private void tooBig(boolean toB, byte[] octets) {
        if (!tellsTooBig) return;
        var quoted = toB ? new Envelope().addresses(A, B) : new Envelope().addresses(B, A);
        TcpStack sender = toB ? a : b;
        errors.add(
                () ->
                        sender.error(
                                quoted, IcmpError.TOO_BIG, pathMtu, Cstruct.of(octets), 0, 8, now));
    }

    /// Goes on to what happens next, not past `limit`. False: nothing happens before it.
    boolean step(long limit) {
        long next = Math.min(a.nextDeadline(), b.nextDeadline());
        Packet packet = flying.peek();
        if (packet != null) {
            next = Math.min(next, packet.at);
        }
        if (refused) {
            next = Math.min(next, now + 100_000);
        }
        if (next > limit) {
            now = limit;
            return false;
        }
        now = Math.max(now, next);
        if (refused) {
            refused = false;
            a.resume(now);
            b.resume(now);
        }
        while ((packet = flying.peek()) != null && packet.at <= now) {
            flying.remove();
            deliver(packet);
        }
        a.settle(now);
        b.settle(now);
        while (!errors.isEmpty()) errors.remove().run();
        a.advance(now);
        b.advance(now);
        return true;
    }

    private void deliver(Packet p) {
        var envelope = new Envelope();
        if (p.toB) {
            envelope.addresses(A, B);
        } else {
            envelope.addresses(B, A);
        }
        envelope.ecn(p.ecn);
        Cstruct segment = Cstruct.of(p.octets);
        TcpStack stack = p.toB ? b : a;
        if (quality.batches) {
            stack.join(envelope, segment, 0, segment.length(), now);
        } else {
            stack.receive(envelope, segment, 0, segment.length(), now);
        }
    }
}
