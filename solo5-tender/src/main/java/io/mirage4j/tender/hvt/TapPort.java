// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Syscall;
import io.mirage4j.tender.linux.Tap;

import java.io.IOException;

/// A TAP interface. Frames move between it and the guest's memory in the kernel; nothing here
/// allocates.
final class TapPort implements NetPort {
    private final Linux linux = new Linux();
    private final String name;
    private final Tap tap;

    TapPort(String name) throws IOException {
        this.name = name;
        tap = Tap.attach(name);
    }

    @Override
    public int mtu() {
        return tap.mtu();
    }

    @Override
    public int descriptor() {
        return tap.descriptor();
    }

    @Override
    public boolean isReadable() {
        throw new IllegalStateException(name + " is polled by its descriptor");
    }

    @Override
    public synchronized int read(GuestMemory memory, long address, int length) throws IOException {
        long octets =
                linux.call(Syscall.READ, tap.descriptor(), memory.hostAddress() + address, length);
        // 0: the other end of a socket pair is gone, which looks as if nothing ever came.
        if (octets == -Linux.EAGAIN || octets == -Linux.EINTR || octets == 0) return AGAIN;
        return (int) Linux.orThrow(name, octets);
    }

    @Override
    public synchronized int write(GuestMemory memory, long address, int length) throws IOException {
        long octets =
                linux.call(Syscall.WRITE, tap.descriptor(), memory.hostAddress() + address, length);
        if (octets == -Linux.EINVAL) return INVALID;
        // Full, or the interface is down: the frame is lost, as frames may be.
        if (octets != -Linux.EAGAIN && octets != -Linux.ENOBUFS && octets != -Linux.EIO) {
            Linux.orThrow(name, octets);
        }
        return 0;
    }

    @Override
    public void close() {
        linux.close(tap.descriptor());
    }
}
