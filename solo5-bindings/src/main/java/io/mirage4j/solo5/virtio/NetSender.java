// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.VnetHeader;

import java.io.IOException;

/// The sending half of a network device: frames are copied, a long one into several buffers. Once
/// it is made, nothing here allocates.
final class NetSender {
    private static final int QUEUE = 1;
    private static final int END = -1;

    private final VirtioDevice device;
    private final int notifyOffset;
    private final NetBuffers buffers;
    private final int[] bufferOf; // request: its first buffer
    private final int[] next; // buffer: behind it in its frame, or END
    private final int[] free;
    final Virtqueue queue;
    private int freeCount;

    NetSender(VirtioDevice device, int longestPlain) throws IOException {
        this.device = device;
        queue = device.queue(QUEUE, VirtioNet.MOST_BUFFERS);
        notifyOffset = device.notifyOffset(QUEUE);
        buffers = new NetBuffers(queue.size(), longestPlain);
        bufferOf = new int[queue.size()];
        next = new int[queue.size()];
        free = new int[queue.size()];
        while (freeCount < free.length) {
            free[freeCount] = freeCount++;
        }
        queue.awaitNothing();
    }

    /// The longest frame that all buffers have room for.
    int most() {
        return queue.size() * buffers.stride - NetBuffers.HEADER;
    }

    /// Sends a copy of the first `len` octets of `frame`; false if there is no room now. It may
    /// wait for [#flush].
    boolean write(ReadOnlyCstruct frame, int len, FrameNote note) throws IOException {
        reclaim();
        int whole = NetBuffers.HEADER + len;
        if (freeCount < (whole + buffers.stride - 1) / buffers.stride) {
            flush();
            return false;
        }
        int first = free[--freeCount];
        int off = buffers.offset(first);
        VnetHeader.write(buffers.memory, off, note);
        buffers.memory.putU16le(off + NetBuffers.HEADER_BUFFERS, 0);
        int sent = Math.min(len, buffers.stride - NetBuffers.HEADER);
        frame.copyTo(0, buffers.memory, off + NetBuffers.HEADER, sent);
        queue.part(buffers.address(first), NetBuffers.HEADER + sent, false);
        int last = first;
        while (sent < len) {
            int buffer = free[--freeCount];
            int octets = Math.min(len - sent, buffers.stride);
            frame.copyTo(sent, buffers.memory, buffers.offset(buffer), octets);
            queue.part(buffers.address(buffer), octets, false);
            next[last] = buffer;
            last = buffer;
            sent += octets;
        }
        next[last] = END;
        bufferOf[queue.add()] = first;
        return true;
    }

    private void reclaim() throws IOException {
        int request;
        while ((request = queue.take()) >= 0) {
            for (int buffer = bufferOf[request]; buffer != END; buffer = next[buffer]) {
                free[freeCount++] = buffer;
            }
        }
        if (request == Virtqueue.BROKEN) throw device.failed("its transmit queue is broken");
        queue.awaitNothing();
    }

    /// Lets go of what was written.
    void flush() {
        if (queue.publish()) {
            device.notify(QUEUE, notifyOffset);
        }
    }
}
