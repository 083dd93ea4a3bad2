// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.Verdict;

/// Frames on the way in, one by one or in batches: who takes what they carry, and what the device
/// knows of it. Nothing here allocates.
final class Reception {
    private final Stack stack;

    /// What the device says of the frame that is being received.
    boolean isChecksumDone;

    /// The payload of each of the segments that the device has joined to this one; 0: it is one.
    int coalescedOctets;

    /// The windows of the frames that are being received stay until all are.
    boolean isBatch;

    Reception(Stack stack) {
        this.stack = stack;
    }

    void receive(FrameBatch batch, long now) {
        isBatch = batch.size() > 1;
        for (int i = 0; i < batch.size(); i++) {
            receive(batch.frame(i), batch.note(i), now);
        }
        isBatch = false;
        stack.tcp.settle(now);
    }

    void receive(Cstruct frame, FrameNote note, long now) {
        isChecksumDone = note.checksum() != FrameNote.Checksum.COMPLETE;
        coalescedOctets = note.segments() == FrameNote.Segments.NONE ? 0 : note.segmentOctets();
        Verdict verdict = dispatch(frame, now);
        isChecksumDone = false;
        coalescedOctets = 0;
        end(verdict, now);
    }

    void receive(Cstruct frame, long now) {
        end(dispatch(frame, now), now);
    }

    private void end(Verdict verdict, long now) {
        stack.count(verdict);
        if (stack.output.hasLooped()) {
            stack.output.deliverLooped(now);
        }
    }

    private Verdict dispatch(Cstruct frame, long now) {
        Link link = stack.link;
        Verdict verdict = link.accept(frame);
        if (verdict != Verdict.OK) return verdict;
        StackConfig config = stack.config;
        int off = link.payload;
        int len = frame.length() - off;
        long source = link.source;
        boolean group = link.toGroup;
        return switch (link.type) {
            case EthernetWire.IPV4 ->
                    config.ipv4()
                            ? stack.ipv4.receive(frame, off, len, source, group, now)
                            : Verdict.IPV4_OFF;
            case EthernetWire.ARP ->
                    config.ipv4() ? stack.arp.receive(frame, off, len, now) : Verdict.IPV4_OFF;
            case EthernetWire.IPV6 ->
                    config.ipv6()
                            ? stack.ipv6.receive(frame, off, len, source, group, now)
                            : Verdict.IPV6_OFF;
            default -> Verdict.ETHERTYPE_UNKNOWN;
        };
    }

    /// What we sent to ourselves.
    void receiveOwn(Cstruct buf, int off, int len, boolean checksumLeft, long now) {
        isChecksumDone = checksumLeft;
        // The packet goes back to the pool at once.
        boolean batch = isBatch;
        isBatch = false;
        stack.count(
                buf.u8(off) >>> 4 == 4
                        ? stack.ipv4.receive(buf, off, len, -1, false, now)
                        : stack.ipv6.receive(buf, off, len, -1, false, now));
        isBatch = batch;
        isChecksumDone = false;
    }
}
