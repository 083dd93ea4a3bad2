// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

import org.jspecify.annotations.Nullable;

/// Writes segments into windows of the sink. Options stand in the order of the profile. Nothing
/// here allocates.
final class SegmentWriter {
    private static final byte[] NO_KEY = {};

    private final TcpStack stack;
    private final SegmentSink sink;
    private final Envelope envelope = new Envelope();

    private Cstruct buf = Cstruct.empty();
    private byte[] signs = NO_KEY;

    /// Where options begin, and where the next one goes.
    private int start;

    private int at;

    /// The sum of the options before [#summed], of which the values were known.
    private long sum;

    private int summed;

    SegmentWriter(TcpStack stack, SegmentSink sink) {
        this.stack = stack;
        this.sink = sink;
    }

    /// What a SYN says, for one moment.
    static final class SynOptions {
        int mss;
        int windowScale = -1;
        boolean sackPermitted;
        boolean timestamps;
        int tsVal;
        int tsEcr;
        byte @Nullable [] cookie;
        boolean cookieExperimental;
        boolean signed;
    }

    private boolean open(int len) {
        Cstruct slot = sink.slot(TcpWire.HEADER_LENGTH + TcpWire.MAX_OPTIONS + len);
        if (slot == null) return false;
        buf = slot;
        start = sink.headroom() + TcpWire.HEADER_LENGTH;
        at = start;
        sum = 0;
        summed = start;
        return true;
    }

    private void address(TcpConnection c) {
        envelope.addresses(c.localHigh, c.localLow, c.remoteHigh, c.remoteLow);
        envelope.hopLimit = c.settings.hopLimit > 0 ? c.settings.hopLimit : 64;
        envelope.trafficClass = c.settings.trafficClass >> 2;
        envelope.dontFragment = !c.settings.mayFragment;
        envelope.udpSource = c.udpLocal;
        envelope.udpDestination = c.udpRemote;
    }

    /// Sends a segment of a connection after its SYN; `from` is where its `len` octets of payload
    /// stand in the sender's stream. False: the device has no room.
    boolean send(TcpConnection c, int flags, int seq, int from, int len, boolean isNew, long now) {
        if (!open(len)) return false;
        address(c);
        if (!c.settings.noOptions) {
            options(c, len, now);
        }
        Receiver r = c.receiver;
        int window = (flags & TcpWire.RST) != 0 ? 0 : r.advertise(false);
        if (c.ecn) {
            if (c.echoCongestion && (flags & TcpWire.RST) == 0) {
                flags |= TcpWire.ECE;
            }
            // RFC 3168, 6.1.5: not on retransmissions, 6.1.4: nor on pure ACKs.
            if (isNew) {
                envelope.ecn = Envelope.ECT_0;
            }
        }
        if (len > c.sender.mss && sink.segmentationLimit() >= len) {
            envelope.segmentSize = c.sender.mss;
        }
        if (len > 0) {
            c.sender.buffer.read(from, buf, at, len);
            c.sender.dataSegmentsOut++;
        }
        commit(c.localPort, c.remotePort, seq, r.rcvNxt, flags, window, len, c, now);
        r.hasDuplicate = false;
        r.acks.ackSent();
        return true;
    }

    private void options(TcpConnection c, int len, long now) {
        if (c.receiver.timestamps) {
            buf.putU32be(at, TcpOptions.ALIGNED_TIMESTAMPS);
            long echo = Integer.toUnsignedLong(c.receiver.tsRecent);
            long stamps = (long) c.tsVal(now) << Integer.SIZE | echo;
            buf.putU64be(at + 4, stamps);
            at += TcpOptions.ALIGNED_TIMESTAMPS_LENGTH;
            sum = TcpOptions.ALIGNED_TIMESTAMPS_SUM + TcpWire.words(stamps);
            summed = at;
        }
        if (c.settings.signatureKey.length > 0) {
            signature();
        }
        if (!c.sack) return;
        // Payload comes first: SACK takes what a full segment leaves, or what is no data at all.
        int most = len == 0 ? TcpWire.MAX_OPTIONS : 0;
        if (len > 0 && len < c.sender.mss) {
            most = at - start + c.sender.mss - len;
        }
        sackBlocks(c.receiver, Math.min(most, TcpWire.MAX_OPTIONS));
    }

    private void sackBlocks(Receiver r, int most) {
        int room = (most - (at - start) - 4) / 8;
        int duplicates = r.hasDuplicate && stack.parameters.sack ? 1 : 0;
        int count = Math.min(r.holes.reported() + duplicates, room);
        if (count <= 0) return;
        buf.putU16be(at, 0x0101);
        buf.putU8(at + 2, TcpOptions.SACK);
        buf.putU8(at + 3, 2 + 8 * count);
        at += 4;
        for (int i = 0; i < count; i++) {
            boolean first = duplicates == 1 && i == 0;
            int block = i - duplicates;
            buf.putU32be(at, first ? r.duplicateStart : r.holes.reportedStart(block));
            buf.putU32be(at + 4, first ? r.duplicateEnd : r.holes.reportedEnd(block));
            at += 8;
        }
    }

    private void signature() {
        while ((at - start) % 4 != 2) buf.putU8(at++, TcpOptions.NOP);
        buf.putU8(at, TcpOptions.MD5);
        buf.putU8(at + 1, 18);
        buf.fill(at + 2, 16, 0);
        at += 18;
    }

    /// Sends a SYN or SYN-ACK of a connection, with the first `len` octets of its stream.
    boolean sendSyn(TcpConnection c, int flags, SynOptions o, int len, long now) {
        if (!open(len)) return false;
        address(c);
        synOptions(o);
        int window = c.receiver.advertise(true);
        int ack = (flags & TcpWire.ACK) != 0 ? c.receiver.rcvNxt : 0;
        if (len > 0) {
            c.sender.buffer.read(0, buf, at, len);
            c.sender.dataSegmentsOut++;
        }
        commit(c.localPort, c.remotePort, c.sender.iss, ack, flags, window, len, c, now);
        c.receiver.acks.ackSent();
        return true;
    }

    private void synOptions(SynOptions o) {
        if (o.mss > 0) {
            buf.putU32be(at, TcpOptions.MSS << 24 | 4 << 16 | o.mss);
            at += 4;
        }
        if (stack.parameters.isFreebsd()) {
            freebsdOrder(o);
        } else {
            linuxOrder(o);
        }
    }

    private void linuxOrder(SynOptions o) {
        if (o.timestamps) {
            if (o.sackPermitted) {
                sackPermitted();
            } else {
                pad(TcpOptions.NOP, 2, 4);
            }
            timestamps(o);
        } else if (o.sackPermitted) {
            pad(TcpOptions.NOP, 2, 4);
            sackPermitted();
        }
        if (o.signed) {
            signature();
        }
        if (o.windowScale >= 0) {
            buf.putU8(at++, TcpOptions.NOP);
            windowScale(o);
        }
        if (o.cookie != null) {
            cookie(o.cookie, o.cookieExperimental);
        }
        pad(TcpOptions.NOP, 0, 4);
    }

    private void freebsdOrder(SynOptions o) {
        if (o.windowScale >= 0) {
            pad(TcpOptions.NOP, 1, 2);
            windowScale(o);
        }
        if (o.sackPermitted) {
            pad(TcpOptions.NOP, 0, 2);
            sackPermitted();
        }
        if (o.timestamps) {
            pad(TcpOptions.NOP, 2, 4);
            timestamps(o);
        }
        if (o.signed) {
            // It fits as it is: two more octets of padding might not leave room for it.
            if (at - start + 20 > TcpWire.MAX_OPTIONS) {
                pad(TcpOptions.NOP, 2, 4);
            }
            signature();
        }
        if (o.cookie != null) {
            cookie(o.cookie, o.cookieExperimental);
        }
        pad(TcpOptions.EOL, 0, 4);
    }

    private void pad(int octet, int remainder, int modulus) {
        while ((at - start) % modulus != remainder) buf.putU8(at++, octet);
    }

    private void windowScale(SynOptions o) {
        buf.putU24be(at, TcpOptions.WINDOW_SCALE << 16 | 3 << 8 | o.windowScale);
        at += 3;
    }

    private void sackPermitted() {
        buf.putU16be(at, TcpOptions.SACK_PERMITTED << 8 | 2);
        at += 2;
    }

    private void timestamps(SynOptions o) {
        buf.putU16be(at, TcpOptions.TIMESTAMPS << 8 | 10);
        buf.putU32be(at + 2, o.tsVal);
        buf.putU32be(at + 6, o.tsEcr);
        at += 10;
    }

    private void cookie(byte[] cookie, boolean experimental) {
        int length = cookie.length + (experimental ? 4 : 2);
        if (at - start + length > TcpWire.MAX_OPTIONS) return;
        buf.putU8(at, experimental ? TcpOptions.EXPERIMENT : TcpOptions.FAST_OPEN);
        buf.putU8(at + 1, length);
        if (experimental) {
            buf.putU16be(at + 2, TcpOptions.FAST_OPEN_MAGIC);
        }
        buf.put(at + length - cookie.length, cookie);
        at += length;
    }

    /// Sends a SYN-ACK of no connection, the answer that is a cookie itself.
    void sendCookie(
            Envelope e,
            Segment s,
            TcpSettings settings,
            int iss,
            SynOptions o,
            int window,
            long now) {
        if (!open(0)) return;
        answer(e);
        if (settings.hopLimit > 0) {
            envelope.hopLimit = settings.hopLimit;
        }
        envelope.trafficClass = settings.trafficClass >> 2;
        synOptions(o);
        int flags = TcpWire.SYN | TcpWire.ACK;
        int from = s.destinationPort;
        int to = s.sourcePort;
        commit(from, to, iss, s.seq + 1, flags, window, 0, null, now);
    }

    /// Answers a segment of nobody's (RFC 9293, 3.10.7.1), or resets.
    void sendReset(
            Envelope e, Segment s, int seq, int ack, int flags, TcpSettings settings, long now) {
        if (!open(0)) return;
        answer(e);
        if (settings.hopLimit > 0) {
            envelope.hopLimit = settings.hopLimit;
        }
        envelope.trafficClass = settings.trafficClass >> 2;
        signs = settings.signatureKey;
        if (signs.length > 0) {
            signature();
        }
        int from = s.destinationPort;
        int to = s.sourcePort;
        commit(from, to, seq, ack, flags, 0, 0, null, now);
        signs = NO_KEY;
    }

    private void answer(Envelope to) {
        long high = to.destinationHigh;
        long low = to.destinationLow;
        envelope.addresses(high, low, to.sourceHigh, to.sourceLow);
        envelope.udpSource = to.udpDestination;
        envelope.udpDestination = to.udpSource;
    }

    private void commit(
            int source,
            int destination,
            int seq,
            int ack,
            int flags,
            int window,
            int len,
            @Nullable TcpConnection c,
            long now) {
        int head = start - TcpWire.HEADER_LENGTH;
        int header = at - head;
        int total = header + len;
        sum += TcpWire.put(buf, head, source, destination, seq, ack, header, flags, window);
        byte[] key = c != null ? c.settings.signatureKey : signs;
        if (key.length > 0) {
            Signature.sign(envelope, buf, head, header, len, key);
        }
        long pseudo = TcpWire.pseudoHeaderSum(envelope, total);
        if (sink.checksums()) {
            envelope.checksumDone = false;
            TcpWire.putChecksum(buf, head, InternetChecksum.fold(pseudo));
        } else {
            envelope.checksumDone = true;
            sum += InternetChecksum.onesComplementSum(buf, summed, head + total - summed);
            TcpWire.putChecksum(buf, head, InternetChecksum.finish(sum + pseudo));
        }
        if (c != null) {
            c.sender.segmentsOut++;
        }
        stack.segmentsSent++;
        sink.commit(envelope, buf, total, now);
        buf = Cstruct.empty();
    }
}
