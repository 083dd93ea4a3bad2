// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;

/// A network device of the board. Frames are read and written in place, in two buffers that the
/// device keeps; [#await] lets the owner sleep until one comes in.
public final class BoardNetDevice implements NetDevice {
    private static final FrameNote PLAIN = new FrameNote();

    private final Devices devices;
    private final Readiness readiness;
    private final int handle;
    private final String name;
    private final MacAddress mac;
    private final int mtu;
    private final FrameNote unread = new FrameNote();
    private final Cstruct slot;
    private final long slotAddress;
    private Cstruct received;
    private long receivedAddress;

    BoardNetDevice(Devices devices, Readiness readiness, int handle, String name) {
        this.devices = devices;
        this.readiness = readiness;
        this.handle = handle;
        this.name = name;
        this.mac = new MacAddress(devices.networkMac(handle));
        this.mtu = devices.networkMtu(handle);
        this.received = buffer(devices.longestToReceive(handle));
        this.slot = buffer(devices.longestToSend(handle));
        this.receivedAddress = received.asSegment().address();
        this.slotAddress = slot.asSegment().address();
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int maxFrameOctets() {
        return slot.length();
    }

    @Override
    public Set<Offload> sendOffloads() {
        return devices.sendOffloads(handle);
    }

    @Override
    public Set<Offload> receiveOffloads(Set<Offload> wanted) throws IOException {
        Set<Offload> taken = devices.receiveOffloads(handle, wanted);
        int longest = devices.longestToReceive(handle);
        if (longest != received.length()) {
            received = buffer(longest);
            receivedAddress = received.asSegment().address();
        }
        return taken;
    }

    private static Cstruct buffer(int octets) {
        return Cstruct.allocate(octets, Long.BYTES);
    }

    @Override
    public @Nullable Cstruct poll() throws IOException {
        return poll(unread);
    }

    @Override
    public @Nullable Cstruct poll(FrameNote note) throws IOException {
        long octets = devices.netRead(handle, receivedAddress, received.length(), note);
        if (octets >= 0) return received.sub(0, (int) octets);
        if (octets == -Devices.AGAIN) return null;
        throw new IOException("network device " + name + ": read failed, result " + -octets);
    }

    /// Always: a frame that the host has no room for is lost, as on any cable.
    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public Cstruct slot() {
        return slot;
    }

    @Override
    public void commit(int len) throws IOException {
        commit(len, PLAIN);
    }

    @Override
    public void commit(int len, FrameNote note) throws IOException {
        checkCommit(len, note);
        int result = devices.netWrite(handle, slotAddress, len, note);
        if (result != Devices.OK && result != Devices.AGAIN) {
            throw new IOException("network device " + name + ": write failed, result " + result);
        }
    }

    @Override
    public void flush() {
        devices.netFlush(handle);
    }

    /// Blocks the thread, virtual or not, until a frame may have come in or the board's clock shows
    /// `deadlineNanos`; [Engine#NEVER] waits for a frame alone. May return for nothing.
    public void await(long deadlineNanos) {
        readiness.await(handle, deadlineNanos);
    }

    /// Starts a thread that drives `engine` on this device; both are its own from now on.
    BoardLoop drive(Engine engine, Clock clock) {
        var waiting =
                new BoardLoop.Waiting() {
                    @Override
                    public void await(long deadlineNanos) {
                        readiness.await(handle, deadlineNanos);
                    }

                    @Override
                    public void wake() {
                        readiness.wake(handle);
                    }
                };
        return BoardLoop.start(engine, this, waiting, clock);
    }
}
