// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mirage4j.platform.host.loop.Sleeper;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Sleeps in the kernel's `ppoll` on a descriptor and on an event of our own.
final class PollSleeper implements Sleeper {
    private static final short POLLIN = 1;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int POLLFD = 8; // int fd; short events; short revents
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Descriptor device;
    private final Descriptor event;
    private final SystemCalls calls = new SystemCalls();
    private final MemorySegment fds;
    private final MemorySegment timeout;
    private final MemorySegment counter;

    // For those who wake it; one after another.
    private final SystemCalls wakersCalls = new SystemCalls();
    private final MemorySegment one;

    PollSleeper(Descriptor device) throws IOException {
        this.device = device;
        int number = CLibrary.check(calls.eventfd(0, EFD_NONBLOCK_CLOEXEC), "eventfd");
        event = new Descriptor(device.name(), number);
        Arena arena = Arena.ofAuto();
        fds = arena.allocate(2L * POLLFD, 8);
        timeout = arena.allocate(16, 8);
        counter = arena.allocate(8, 8);
        one = arena.allocate(8, 8);
        one.set(JAVA_LONG, 0, 1);
        device.whenClosed(
                () -> {
                    wake();
                    event.close();
                });
    }

    @Override
    public void sleep(long nanos) throws IOException {
        int eventNumber = event.acquire();
        try {
            int number = device.acquire();
            try {
                await(number, eventNumber, nanos);
            } finally {
                device.release();
            }
        } finally {
            event.release();
        }
    }

    private void await(int number, int eventNumber, long nanos) throws IOException {
        fds.set(JAVA_INT, 0, number);
        fds.set(JAVA_INT, POLLFD, eventNumber);
        fds.set(JAVA_INT, 4, POLLIN); // and no revents
        fds.set(JAVA_INT, POLLFD + 4, POLLIN);
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
        int ready = calls.ppoll(fds, 2, nanos == Long.MAX_VALUE ? MemorySegment.NULL : timeout);
        if (ready < 0 && ready != -CLibrary.EINTR) {
            throw CLibrary.failure(ready, "wait for " + device.name());
        }
        if (fds.get(JAVA_SHORT, POLLFD + 6) != 0) {
            calls.read(eventNumber, counter, 8);
        }
    }

    @Override
    public void wake() {
        try {
            int number = event.acquire();
            try {
                synchronized (one) {
                    wakersCalls.write(number, one, 8);
                }
            } finally {
                event.release();
            }
        } catch (IOException e) {
            // The device is closed, and nobody sleeps on it any more.
        }
    }
}
