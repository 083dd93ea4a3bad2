// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import java.io.IOException;
import java.lang.foreign.Arena;

/// A network device (virtio 1.2, 5.1): plain frames, one buffer each. Frames from the device that
/// are no frames are dropped and counted. After start, nothing here allocates.
public final class VirtioNet {
    private static final int MTU = 3;
    private static final int MAC = 5;

    private static final int RECEIVE = 0;
    private static final int TRANSMIT = 1;
    private static final int MOST_BUFFERS = 128;

    /// In front of each frame: what was offloaded, which is nothing, and how many buffers it takes.
    private static final int HEADER = 12;

    private static final int ETHERNET = 14;
    private static final int USUAL_MTU = 1500;
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 9000;

    private final VirtioDevice device;
    final Virtqueue receive;
    final Virtqueue transmit;
    private final int receiveNotify;
    private final int transmitNotify;
    private final long mac;
    private final int mtu;
    private final int stride;
    private final Cstruct received;
    private final long receivedAddress;
    private final Cstruct sent;
    private final long sentAddress;
    private final int[] bufferOfReceive; // request: its buffer
    private final int[] bufferOfTransmit;
    private final int[] freeBuffers; // to send
    private int freeCount;
    private long dropped;

    /// Starts the device of a function.
    public VirtioNet(PciBus bus, int function, int handle, String name) throws IOException {
        device = new VirtioDevice(bus, function, name);
        device.negotiate(1L << MAC | 1L << MTU | 1L << VirtioDevice.EVENT_IDX);
        byte[] configuration = device.configuration(device.has(MTU) ? 12 : 6);
        mac = device.has(MAC) ? macOf(configuration) : 0x02_00_00_00_00_00L | handle;
        mtu = device.has(MTU) ? mtuOf(configuration) : USUAL_MTU;
        receive = device.queue(RECEIVE, MOST_BUFFERS);
        transmit = device.queue(TRANSMIT, MOST_BUFFERS);
        receiveNotify = device.notifyOffset(RECEIVE);
        transmitNotify = device.notifyOffset(TRANSMIT);
        stride = (HEADER + ETHERNET + mtu + 63) & -64;
        received = Cstruct.allocate(Arena.global(), receive.size() * stride, 64);
        receivedAddress = received.asSegment().address();
        sent = Cstruct.allocate(Arena.global(), transmit.size() * stride, 64);
        sentAddress = sent.asSegment().address();
        bufferOfReceive = new int[receive.size()];
        bufferOfTransmit = new int[transmit.size()];
        freeBuffers = new int[transmit.size()];
        while (freeCount < freeBuffers.length) {
            freeBuffers[freeCount] = freeCount++;
        }
        transmit.awaitNothing();
        bus.watch(handle, receive.doneAddress(), receive.seenAddress());
        device.start();
        for (int buffer = 0; buffer < receive.size(); buffer++) {
            post(buffer);
        }
        receive.awaitNext();
        publishReceive();
    }

    private static long macOf(byte[] configuration) {
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | (configuration[i] & 0xff);
        }
        return mac;
    }

    private int mtuOf(byte[] configuration) {
        int offered = (configuration[10] & 0xff) | (configuration[11] & 0xff) << 8;
        return Math.clamp(offered, LEAST_MTU, MOST_MTU);
    }

    /// The six octets of the address, the first in the highest place.
    public long mac() {
        return mac;
    }

    public int mtu() {
        return mtu;
    }

    /// Frames from the device that were too short or too long to be frames.
    public long dropped() {
        return dropped;
    }

    /// Copies the next frame into `target`, which has room for any: its length, or -1 if there is
    /// none now, and an interrupt comes with the next.
    public int read(Cstruct target) throws IOException {
        while (true) {
            int request = receive.take();
            if (request == Virtqueue.NONE) {
                if (receive.awaitNext()) {
                    continue;
                }
                publishReceive();
                return -1;
            }
            if (request == Virtqueue.BROKEN) {
                throw device.failed("its receive queue is broken");
            }
            int buffer = bufferOfReceive[request];
            int octets = receive.takenOctets() - HEADER;
            boolean isFrame = octets >= ETHERNET && octets <= mtu + ETHERNET;
            if (isFrame) {
                received.copyTo(buffer * stride + HEADER, target, 0, octets);
            }
            post(buffer);
            if (isFrame) {
                return octets;
            }
            dropped++;
        }
    }

    private void post(int buffer) {
        receive.part(receivedAddress + (long) buffer * stride, stride, true);
        bufferOfReceive[receive.add()] = buffer;
    }

    private void publishReceive() {
        if (receive.publish()) {
            device.notify(RECEIVE, receiveNotify);
        }
    }

    /// Sends a copy of the first `len` octets of `frame`; false if there is no room now. It may
    /// wait for [#flush].
    public boolean write(ReadOnlyCstruct frame, int len) throws IOException {
        if (len > mtu + ETHERNET) {
            throw new IllegalArgumentException("frame of " + len + " octets > " + (mtu + ETHERNET));
        }
        reclaim();
        if (freeCount == 0) {
            flush();
            return false;
        }
        int buffer = freeBuffers[--freeCount];
        int off = buffer * stride;
        sent.fill(off, HEADER, 0);
        frame.copyTo(0, sent, off + HEADER, len);
        transmit.part(sentAddress + off, HEADER + len, false);
        bufferOfTransmit[transmit.add()] = buffer;
        return true;
    }

    private void reclaim() throws IOException {
        int request;
        while ((request = transmit.take()) >= 0) {
            freeBuffers[freeCount++] = bufferOfTransmit[request];
        }
        if (request == Virtqueue.BROKEN) {
            throw device.failed("its transmit queue is broken");
        }
        transmit.awaitNothing();
    }

    /// Lets go of what was written.
    public void flush() {
        if (transmit.publish()) {
            device.notify(TRANSMIT, transmitNotify);
        }
    }
}
