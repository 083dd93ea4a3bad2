// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;

import java.io.IOException;
import java.util.Set;

/// A network device (virtio 1.2, 5.1), with checksums and cutting left to it as far as it offers
/// that, and left undone by it as far as its owner takes that. What comes in and is no frame is
/// dropped and counted. After start, nothing here allocates.
public final class VirtioNet {
    static final int MOST_BUFFERS = 128;

    private static final int USUAL_MTU = 1500;
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 9000;

    /// The longest IP packet, in a frame.
    private static final int LONGEST = 65_535 + NetDevice.HEADER_OCTETS;

    private final NetReceiver receiver;
    private final NetSender sender;
    private final Set<Offload> sendOffloads;
    private final Set<Offload> receiveOffloads;
    private final long mac;
    private final int mtu;

    /// Starts the device of a function, or starts it again.
    ///
    /// @param receive what the owner takes undone
    public VirtioNet(PciBus bus, int function, int handle, String name, Set<Offload> receive)
            throws IOException {
        var device = new VirtioDevice(bus, function, name);
        long taken = device.negotiate(NetFeatures.wanted(device.offered(), receive));
        sendOffloads = NetFeatures.send(taken);
        receiveOffloads = NetFeatures.receive(taken);
        boolean tellsMtu = device.has(NetFeatures.MTU);
        byte[] configuration = device.configuration(tellsMtu ? 12 : 6);
        mac = device.has(NetFeatures.MAC) ? macOf(configuration) : 0x02_00_00_00_00_00L | handle;
        mtu = tellsMtu ? mtuOf(configuration) : USUAL_MTU;
        int plain = mtu + NetDevice.HEADER_OCTETS;
        receiver =
                new NetReceiver(
                        device,
                        plain,
                        device.has(NetFeatures.MRG_RXBUF),
                        !receiveOffloads.isEmpty(),
                        NetFeatures.hasSegments(receiveOffloads) ? LONGEST : plain);
        sender = new NetSender(device, plain);
        bus.watch(handle, receiver.queue.doneAddress(), receiver.queue.seenAddress());
        device.start();
        receiver.start();
    }

    private static long macOf(byte[] configuration) {
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | (configuration[i] & 0xff);
        }
        return mac;
    }

    private static int mtuOf(byte[] configuration) {
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

    /// What may be left to the device.
    public Set<Offload> sendOffloads() {
        return sendOffloads;
    }

    /// What it leaves undone.
    public Set<Offload> receiveOffloads() {
        return receiveOffloads;
    }

    /// Of frames to send.
    public int longestToSend() {
        int plain = mtu + NetDevice.HEADER_OCTETS;
        return NetFeatures.hasSegments(sendOffloads)
                ? Math.clamp(sender.most(), plain, LONGEST)
                : plain;
    }

    /// Of frames that come in.
    public int longestToReceive() {
        return receiver.longest();
    }

    /// Frames from the device that were too short or too long to be frames, or had a header that
    /// can not be.
    public long dropped() {
        return receiver.dropped();
    }

    NetReceiver receiver() {
        return receiver;
    }

    NetSender sender() {
        return sender;
    }

    /// Copies the next frame into `target`, which has room for the longest, and sets `note`: its
    /// length, or -1 if there is none now, and an interrupt comes with the next.
    public int read(Cstruct target, FrameNote note) throws IOException {
        return receiver.read(target, note);
    }

    /// Sends a copy of the first `len` octets of `frame`; false if there is no room now. It may
    /// wait for [#flush].
    public boolean write(ReadOnlyCstruct frame, int len, FrameNote note) throws IOException {
        if (len > longestToSend()) {
            throw new IllegalArgumentException("frame of " + len + " octets > " + longestToSend());
        }
        return sender.write(frame, len, note);
    }

    /// Lets go of what was written.
    public void flush() {
        sender.flush();
    }
}
