// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.pcapng;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A capture file (draft-ietf-opsawg-pcapng-03): one section, an interface for each [PcapngTap],
/// times in nanoseconds, and for each frame which way it went. Little-endian.
///
/// It is bounded: once the octets that were allowed are written, further frames are counted only.
/// Nor does a sink that fails stop the device: the writer notes the failure and writes no more. Any
/// thread may write. A frame allocates nothing.
public final class PcapngWriter implements Closeable {
    /// Which way a frame went, as `epb_flags` has it.
    public enum Direction {
        INBOUND,
        OUTBOUND
    }

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int LINKTYPE_ETHERNET = 1;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int NANOSECONDS = 9;
    private static final int EPB_FLAGS = 2;

    private static final int PACKET_HEADER = 28;
    private static final int PACKET_TRAILER = 16; // flags, end of options, length

    private final OutputStream sink;
    private final Clock clock;
    private final int snapOctets;
    private final byte[] octets;
    private final Cstruct block;

    private long room;
    private int interfaces;
    private long missed;
    private @Nullable IOException failure;

    private PcapngWriter(OutputStream sink, Clock clock, int snapOctets, long mostOctets) {
        if (snapOctets < 1 || snapOctets > 1 << 18) {
            throw new IllegalArgumentException(
                    "snap length " + snapOctets + " is not in 1..262144");
        }
        this.sink = sink;
        this.clock = clock;
        this.snapOctets = snapOctets;
        room = mostOctets;
        octets = new byte[PACKET_HEADER + padded(snapOctets) + PACKET_TRAILER];
        block = Cstruct.of(octets);
    }

    /// Begins a capture that keeps whole frames and gets `mostOctets` long at most.
    ///
    /// @param clock whose wall time each frame bears
    public static PcapngWriter open(OutputStream sink, Clock clock, long mostOctets) {
        return open(sink, clock, 1 << 18, mostOctets);
    }

    /// Begins a capture that keeps the beginning of each frame.
    ///
    /// @param snapOctets how much of each frame is kept
    /// @param mostOctets how long the capture gets at most
    public static PcapngWriter open(
            OutputStream sink, Clock clock, int snapOctets, long mostOctets) {
        var writer = new PcapngWriter(sink, clock, snapOctets, mostOctets);
        writer.section();
        return writer;
    }

    private void section() {
        Cstruct header = Cstruct.create(28);
        header.putU32le(0, SECTION_HEADER);
        header.putU32le(4, 28);
        header.putU32le(8, BYTE_ORDER_MAGIC);
        header.putU16le(12, 1); // version 1.0
        header.putU64le(16, -1); // how long the section is, it does not say
        header.putU32le(24, 28);
        write(header.toByteArray(), header.length());
    }

    /// Describes one more interface and returns its number.
    synchronized int describe(String name) {
        byte[] label = name.getBytes(StandardCharsets.UTF_8);
        int length = 16 + 4 + padded(label.length) + 8 + 4 + 4;
        Cstruct description = Cstruct.create(length);
        description.putU32le(0, INTERFACE_DESCRIPTION);
        description.putU32le(4, length);
        description.putU16le(8, LINKTYPE_ETHERNET);
        description.putU32le(12, snapOctets);
        description.putU16le(16, IF_NAME);
        description.putU16le(18, label.length);
        description.put(20, label);
        int at = 20 + padded(label.length);
        description.putU16le(at, IF_TSRESOL);
        description.putU16le(at + 2, 1);
        description.putU8(at + 4, NANOSECONDS);
        description.putU32le(length - 4, length);
        write(description.toByteArray(), length);
        return interfaces++;
    }

    /// Writes one frame down; the caller keeps it.
    synchronized void frame(int interfaceId, Direction direction, ReadOnlyCstruct frame, int len) {
        int kept = Math.min(len, snapOctets);
        int length = PACKET_HEADER + padded(kept) + PACKET_TRAILER;
        long time = clock.wallNanos();
        block.putU32le(0, ENHANCED_PACKET);
        block.putU32le(4, length);
        block.putU32le(8, interfaceId);
        block.putU32le(12, (int) (time >>> 32));
        block.putU32le(16, (int) time);
        block.putU32le(20, kept);
        block.putU32le(24, len);
        frame.copyTo(0, octets, PACKET_HEADER, kept);
        block.fill(PACKET_HEADER + kept, padded(kept) - kept, 0);
        int at = PACKET_HEADER + padded(kept);
        block.putU16le(at, EPB_FLAGS);
        block.putU16le(at + 2, 4);
        block.putU32le(at + 4, direction == Direction.INBOUND ? 1 : 2);
        block.putU32le(at + 8, 0);
        block.putU32le(at + 12, length);
        if (!write(octets, length)) {
            missed++;
        }
    }

    private boolean write(byte[] source, int length) {
        if (failure != null || length > room) return false;
        try {
            sink.write(source, 0, length);
            room -= length;
            return true;
        } catch (IOException e) {
            failure = e;
            return false;
        }
    }

    private static int padded(int octets) {
        return octets + 3 & ~3;
    }

    /// Frames that found no room, or no sink.
    public synchronized long missed() {
        return missed;
    }

    /// Why nothing is written any more, if the sink has failed.
    public synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Closes the sink; frames that still come are counted only.
    @Override
    public synchronized void close() throws IOException {
        room = 0;
        sink.close();
    }
}
