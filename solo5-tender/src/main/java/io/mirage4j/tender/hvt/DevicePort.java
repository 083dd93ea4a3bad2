// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.NetDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Any network device of the platform. It has no descriptor to wait for, so whoever waits asks
/// again and again, and the frame that was found is kept for the guest.
final class DevicePort implements NetPort {
    private final NetDevice device;
    private @Nullable Cstruct next;

    DevicePort(NetDevice device) {
        this.device = device;
    }

    @Override
    public int mtu() {
        return device.mtu();
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public synchronized boolean isReadable() throws IOException {
        if (next == null) {
            next = device.poll();
        }
        return next != null;
    }

    @Override
    public synchronized int read(GuestMemory memory, long address, int length) throws IOException {
        Cstruct frame = next != null ? next : device.poll();
        next = null;
        if (frame == null) return AGAIN;
        int octets = Math.min(length, frame.length());
        memory.window(address, octets).put(0, frame.sub(0, octets));
        return octets;
    }

    @Override
    public synchronized int write(GuestMemory memory, long address, int length) throws IOException {
        if (length < NetDevice.HEADER_OCTETS || length > device.mtu() + NetDevice.HEADER_OCTETS) {
            return INVALID;
        }
        if (device.hasRoom()) {
            device.slot().put(0, memory.window(address, length));
            device.commit(length);
            device.flush();
        }
        return 0;
    }
}
