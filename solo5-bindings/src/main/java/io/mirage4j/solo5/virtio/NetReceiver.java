// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.VnetHeader;

import java.io.IOException;

/// The receiving half of a network device. A frame comes in one buffer, or in several where that
/// was agreed; what is no frame is dropped and counted. Once it is made, nothing here allocates.
final class NetReceiver {
    private static final int QUEUE = 0;

    private final VirtioDevice device;
    private final int notifyOffset;
    private final NetBuffers buffers;
    private final int[] bufferOf; // request: its buffer
    private final boolean merges;
    private final boolean notes;
    private final int longest;
    final Virtqueue queue;
    private long dropped;

    /// @param merges a frame may take several buffers
    /// @param notes work may have been left undone
    /// @param longest frame, longer than `longestPlain` only if it merges
    NetReceiver(VirtioDevice device, int longestPlain, boolean merges, boolean notes, int longest)
            throws IOException {
        this.device = device;
        this.merges = merges;
        this.notes = notes;
        this.longest = longest;
        queue = device.queue(QUEUE, VirtioNet.MOST_BUFFERS);
        notifyOffset = device.notifyOffset(QUEUE);
        buffers = new NetBuffers(queue.size(), longestPlain);
        bufferOf = new int[queue.size()];
    }

    /// Gives the device, which has started, all buffers.
    void start() {
        for (int buffer = 0; buffer < queue.size(); buffer++) {
            post(buffer);
        }
        queue.awaitNext();
        publish();
    }

    int longest() {
        return longest;
    }

    long dropped() {
        return dropped;
    }

    /// Copies the next frame into `target`, which has room for the longest, and sets `note`: its
    /// length, or -1 if there is none now, and an interrupt comes with the next.
    int read(Cstruct target, FrameNote note) throws IOException {
        while (true) {
            int request = queue.take();
            if (request == Virtqueue.NONE) {
                if (queue.awaitNext()) continue;
                publish();
                return -1;
            }
            int length = readFrom(request, target, note);
            if (length >= NetDevice.HEADER_OCTETS && length <= longest) return length;
            dropped++;
        }
    }

    /// The frame that begins in a request: its length, whatever that is; -1 if its header can not
    /// be. The header is read once: the device may change it under us.
    private int readFrom(int request, Cstruct target, FrameNote note) throws IOException {
        int buffer = bufferOf(request);
        int off = buffers.offset(buffer);
        int octets = queue.takenOctets() - NetBuffers.HEADER;
        int count = octets >= 0 && merges ? header(off) : 1;
        boolean isTold = octets >= 0 && count > 0 && readNote(off, note);
        int length = copy(off + NetBuffers.HEADER, octets, target, 0);
        post(buffer);
        for (int i = 1; i < count; i++) {
            buffer = bufferOf(queue.take());
            length = copy(buffers.offset(buffer), queue.takenOctets(), target, length);
            post(buffer);
        }
        return isTold ? length : -1;
    }

    private int header(int off) {
        return buffers.memory.u16le(off + NetBuffers.HEADER_BUFFERS);
    }

    private boolean readNote(int off, FrameNote note) {
        if (notes) return VnetHeader.read(buffers.memory, off, note);
        note.clear();
        return true;
    }

    /// The length then; what is too long stays as long as it would be, and is not copied.
    private int copy(int from, int octets, Cstruct target, int length) {
        int end = length + octets;
        if (octets > 0 && end <= longest) {
            buffers.memory.copyTo(from, target, length, octets);
        }
        return Math.min(end, longest + 1);
    }

    private int bufferOf(int request) throws IOException {
        if (request < 0) {
            throw device.failed(
                    request == Virtqueue.BROKEN
                            ? "its receive queue is broken"
                            : "a frame came without all of its buffers");
        }
        return bufferOf[request];
    }

    private void post(int buffer) {
        queue.part(buffers.address(buffer), buffers.stride, true);
        bufferOf[queue.add()] = buffer;
    }

    private void publish() {
        if (queue.publish()) {
            device.notify(QUEUE, notifyOffset);
        }
    }
}
