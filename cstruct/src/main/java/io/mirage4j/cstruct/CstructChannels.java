// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.cstruct;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.List;

/// Windows to channels and back, many in one call of the system: scatter on reading, gather on
/// writing. Native windows go without a copy; the JDK copies heap ones through memory of its own.
///
/// [#read] and [#write] ask the channel once and tell how far it came, as the channel does;
/// [#readFully] and [#writeFully] ask until all is done and are for channels that block.
public final class CstructChannels {
    /// Fills the windows in turn from one read; the number of octets, or -1 at the end.
    public static long read(ScatteringByteChannel channel, List<Cstruct> windows)
            throws IOException {
        return channel.read(buffers(windows));
    }

    /// Writes the windows in turn by one write; the number of octets, which may be fewer than the
    /// windows have.
    public static long write(GatheringByteChannel channel, List<? extends ReadOnlyCstruct> windows)
            throws IOException {
        return channel.write(buffers(windows));
    }

    /// Fills all the windows, or throws an [EOFException] that says how many octets there were.
    public static void readFully(ScatteringByteChannel channel, List<Cstruct> windows)
            throws IOException {
        ByteBuffer[] buffers = buffers(windows);
        long done = 0;
        for (int first = 0; (first = firstUnfinished(buffers, first)) < buffers.length; ) {
            long octets = channel.read(buffers, first, buffers.length - first);
            if (octets < 0) {
                throw new EOFException("end after " + done + " of " + length(windows) + " octets");
            }
            done += octets;
        }
    }

    /// Writes all the windows.
    public static void writeFully(
            GatheringByteChannel channel, List<? extends ReadOnlyCstruct> windows)
            throws IOException {
        ByteBuffer[] buffers = buffers(windows);
        for (int first = 0; (first = firstUnfinished(buffers, first)) < buffers.length; ) {
            channel.write(buffers, first, buffers.length - first);
        }
    }

    private static int firstUnfinished(ByteBuffer[] buffers, int from) {
        int first = from;
        while (first < buffers.length && !buffers[first].hasRemaining()) {
            first++;
        }
        return first;
    }

    private static ByteBuffer[] buffers(List<? extends ReadOnlyCstruct> windows) {
        ByteBuffer[] buffers = new ByteBuffer[windows.size()];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = windows.get(i).asByteBuffer();
        }
        return buffers;
    }

    private static long length(List<? extends ReadOnlyCstruct> windows) {
        long length = 0;
        for (ReadOnlyCstruct window : windows) {
            length += window.length;
        }
        return length;
    }

    private CstructChannels() {}
}
