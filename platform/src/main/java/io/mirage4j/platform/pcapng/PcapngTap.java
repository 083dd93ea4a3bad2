// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.pcapng;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.pcapng.PcapngWriter.Direction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;

/// A device whose frames are written down on their way. What is left to the device is seen undone:
/// long segments, and checksums that Wireshark calls partial.
public final class PcapngTap implements NetDevice {
    private final NetDevice device;
    private final PcapngWriter writer;
    private final int interfaceId;

    private PcapngTap(NetDevice device, PcapngWriter writer, int interfaceId) {
        this.device = device;
        this.writer = writer;
        this.interfaceId = interfaceId;
    }

    /// Taps `device`, which goes on as it did.
    ///
    /// @param name what the capture calls the interface
    public static PcapngTap on(NetDevice device, String name, PcapngWriter writer) {
        return new PcapngTap(device, writer, writer.describe(name));
    }

    @Override
    public MacAddress mac() {
        return device.mac();
    }

    @Override
    public int mtu() {
        return device.mtu();
    }

    @Override
    public int maxFrameOctets() {
        return device.maxFrameOctets();
    }

    @Override
    public Set<Offload> sendOffloads() {
        return device.sendOffloads();
    }

    @Override
    public Set<Offload> receiveOffloads(Set<Offload> wanted) throws IOException {
        return device.receiveOffloads(wanted);
    }

    @Override
    public @Nullable Cstruct poll() throws IOException {
        return seen(device.poll());
    }

    @Override
    public @Nullable Cstruct poll(FrameNote note) throws IOException {
        return seen(device.poll(note));
    }

    private @Nullable Cstruct seen(@Nullable Cstruct frame) {
        if (frame != null) {
            writer.frame(interfaceId, Direction.INBOUND, frame, frame.length());
        }
        return frame;
    }

    @Override
    public int poll(FrameBatch batch) throws IOException {
        int count = device.poll(batch);
        for (int i = 0; i < count; i++) {
            writer.frame(interfaceId, Direction.INBOUND, batch.frame(i), batch.frame(i).length());
        }
        return count;
    }

    @Override
    public boolean hasRoom() {
        return device.hasRoom();
    }

    @Override
    public Cstruct slot() {
        return device.slot();
    }

    @Override
    public void commit(int len) throws IOException {
        write(len);
        device.commit(len);
    }

    @Override
    public void commit(int len, FrameNote note) throws IOException {
        write(len);
        device.commit(len, note);
    }

    /// Before the device has it: afterwards the slot is another's.
    private void write(int len) {
        if (len >= HEADER_OCTETS && len <= device.maxFrameOctets() && device.hasRoom()) {
            writer.frame(interfaceId, Direction.OUTBOUND, device.slot(), len);
        }
    }

    @Override
    public void flush() throws IOException {
        device.flush();
    }
}
