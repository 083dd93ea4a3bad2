// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Syscall;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Waits for a time, or until a network device of the guest has a frame, or until the guest is
/// stopped. Level triggered. Nothing here allocates.
final class Waiting {
    private static final int POLLFD_OCTETS = 8;
    private static final int REVENTS = 6;
    private static final short POLLIN = 1;
    private static final short READY = 0x19; // in, error, hang-up: a read tells which

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// How long a port without a descriptor is left alone: at first, and at most.
    private static final long SHORTEST_LOOK_NANOS = 20_000;

    private static final long LONGEST_LOOK_NANOS = 1_000_000;

    private final Linux linux = new Linux();
    private final @Nullable NetPort[] ports;
    private final boolean somePortsAreAsked;
    private final MemorySegment time;

    /// The stop descriptor, then one for each port that has one.
    private final MemorySegment descriptors;

    private final int[] handles;

    /// Watches the ports that have a descriptor, and asks the others.
    ///
    /// @param ports by handle
    Waiting(@Nullable NetPort[] ports, int stopDescriptor) {
        this.ports = ports;
        Arena arena = Arena.ofAuto();
        time = arena.allocate(16, 8);
        descriptors = arena.allocate((long) POLLFD_OCTETS * (ports.length + 1), 8);
        int[] found = new int[ports.length];
        boolean asked = false;
        int count = 0;
        watch(0, stopDescriptor);
        for (int handle = 0; handle < ports.length; handle++) {
            NetPort port = ports[handle];
            if (port != null && port.descriptor() >= 0) {
                found[count++] = handle;
                watch(count, port.descriptor());
            }
            asked |= port != null && port.descriptor() < 0;
        }
        handles = Arrays.copyOf(found, count);
        somePortsAreAsked = asked;
    }

    private void watch(int index, int descriptor) {
        long at = (long) index * POLLFD_OCTETS;
        descriptors.set(ValueLayout.JAVA_INT, at, descriptor);
        descriptors.set(ValueLayout.JAVA_SHORT, at + 4, POLLIN);
    }

    /// The handles that have a frame, as a set of bits: none if the time is over or the guest is to
    /// stop.
    ///
    /// @param timeoutNanos unsigned
    long await(long timeoutNanos) throws IOException {
        long start = System.nanoTime();
        long timeout = timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos;
        for (long look = SHORTEST_LOOK_NANOS; ; look = Math.min(2 * look, LONGEST_LOOK_NANOS)) {
            long ready = somePortsAreAsked ? ask() : 0;
            long left = Math.max(0, timeout - (System.nanoTime() - start));
            long most = somePortsAreAsked ? Math.min(left, look) : left;
            int events = poll(ready != 0 ? 0 : most);
            ready |= readyByDescriptor(events);
            if (ready != 0 || left == 0 || isStopped(events)) return ready;
        }
    }

    private long ask() throws IOException {
        long ready = 0;
        for (int handle = 0; handle < ports.length; handle++) {
            NetPort port = ports[handle];
            if (port != null && port.descriptor() < 0 && port.isReadable()) {
                ready |= 1L << handle;
            }
        }
        return ready;
    }

    private int poll(long nanos) throws IOException {
        time.set(ValueLayout.JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        time.set(ValueLayout.JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
        long result =
                linux.call(
                        Syscall.PPOLL,
                        descriptors.address(),
                        handles.length + 1,
                        time.address(),
                        0,
                        0,
                        0);
        return result == -Linux.EINTR ? 0 : (int) Linux.orThrow("ppoll", result);
    }

    private long readyByDescriptor(int events) {
        long ready = 0;
        for (int i = 0; i < handles.length && events > 0; i++) {
            if (isReady(i + 1)) {
                ready |= 1L << handles[i];
            }
        }
        return ready;
    }

    private boolean isStopped(int events) {
        return events > 0 && isReady(0);
    }

    private boolean isReady(int index) {
        return (descriptors.get(ValueLayout.JAVA_SHORT, (long) index * POLLFD_OCTETS + REVENTS)
                        & READY)
                != 0;
    }
}
