// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;

/// A network device of the board. Frames are read and written in place, in two buffers that the
/// device keeps; [#await] lets the owner sleep until one comes in.
public final class BoardNetDevice implements NetDevice {
    private final Calls calls;
    private final Readiness readiness;
    private final int handle;
    private final MacAddress mac;
    private final int mtu;
    private final Cstruct received;
    private final Cstruct slot;
    private final long receivedAddress;
    private final long slotAddress;

    BoardNetDevice(Calls calls, Readiness readiness, int handle) {
        this.calls = calls;
        this.readiness = readiness;
        this.handle = handle;
        this.mac = new MacAddress(calls.networkMac(handle));
        this.mtu = calls.networkMtu(handle);
        this.received = Cstruct.allocate(Arena.global(), mtu + HEADER_OCTETS, Long.BYTES);
        this.slot = Cstruct.allocate(Arena.global(), mtu + HEADER_OCTETS, Long.BYTES);
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
    public @Nullable Cstruct poll() throws IOException {
        long octets = calls.netRead(handle, receivedAddress, received.length());
        if (octets >= 0) {
            return received.sub(0, (int) octets);
        }
        if (octets == -Calls.AGAIN) {
            return null;
        }
        throw new IOException("network device " + name() + ": read failed, result " + -octets);
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
        if (len < HEADER_OCTETS || len > slot.length()) {
            throw new IllegalArgumentException(
                    "length " + len + " is not from " + HEADER_OCTETS + " to " + slot.length());
        }
        int result = calls.netWrite(handle, slotAddress, len);
        if (result != Calls.OK && result != Calls.AGAIN) {
            throw new IOException("network device " + name() + ": write failed, result " + result);
        }
    }

    @Override
    public void flush() {
        calls.netFlush(handle);
    }

    /// Blocks the thread, virtual or not, until a frame may have come in or the board's clock shows
    /// `deadlineNanos`; [Engine#NEVER] waits for a frame alone. May return for nothing.
    public void await(long deadlineNanos) {
        readiness.await(handle, deadlineNanos);
    }

    private String name() {
        return calls.deviceName(handle);
    }
}
