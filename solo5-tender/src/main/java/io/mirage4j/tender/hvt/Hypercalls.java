// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.platform.Console;
import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Syscall;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What a guest may ask for: a 32-bit OUT of the address of its arguments to port 0x500 + n. Every
/// argument is read once, so it does not matter who else writes there. Nothing here allocates, but
/// for consoles and devices that are Java objects.
///
/// ```
///  1  wall time    0 u64 ns out
///  2  puts         0 pointer, 8 u64 length
///  3  poll         0 u64 relative timeout ns, 8 u64 ready set out, 16 int result
///  4  block write  0 u64 handle, 8 u64 offset, 16 pointer, 24 u64 length, 32 int result
///  5  block read   the same
///  6  net write    0 u64 handle, 8 pointer, 16 u64 length, 24 int result
///  7  net read     the same; length is out
///  8  halt         0 cookie pointer, 8 int exit status
/// ```
final class Hypercalls {
    static final int WALLTIME = 1;
    static final int PUTS = 2;
    static final int POLL = 3;
    static final int BLOCK_WRITE = 4;
    static final int BLOCK_READ = 5;
    static final int NET_WRITE = 6;
    static final int NET_READ = 7;
    static final int HALT = 8;

    private static final int OK = 0;
    private static final int AGAIN = 1;
    private static final int INVALID = 2;

    private static final int COOKIE_OCTETS = 512;
    private static final int STANDARD_OUTPUT = 1;
    private static final int CLOCK_REALTIME = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Linux linux = new Linux();
    private final MemorySegment time = Arena.ofAuto().allocate(16, 8);
    private final GuestMemory memory;
    private final @Nullable NetPort[] ports;
    private final @Nullable Disk[] disks;
    private final @Nullable Console console;
    private final Waiting waiting;

    /// Serves a guest with this memory and these devices, by handle.
    ///
    /// @param console null for the standard output
    Hypercalls(
            GuestMemory memory,
            @Nullable NetPort[] ports,
            @Nullable Disk[] disks,
            @Nullable Console console,
            Waiting waiting) {
        this.memory = memory;
        this.ports = ports;
        this.disks = disks;
        this.console = console;
        this.waiting = waiting;
    }

    /// Does what the guest asks for. [#HALT] is not done here: see [#exitStatus].
    void call(int number, long argument) throws GuestFault, IOException {
        switch (number) {
            case WALLTIME -> wallTime(memory.writable(argument, 8));
            case PUTS -> puts(memory.readable(argument, 16));
            case POLL -> poll(memory.writable(argument, 24));
            case BLOCK_WRITE -> block(memory.writable(argument, 40), true);
            case BLOCK_READ -> block(memory.writable(argument, 40), false);
            case NET_WRITE -> netWrite(memory.writable(argument, 32));
            case NET_READ -> netRead(memory.writable(argument, 32));
            default -> throw new GuestFault("hypercall " + number + " does not exist");
        }
    }

    /// The status with which the guest halts.
    int exitStatus(long argument) throws GuestFault {
        memory.readable(argument, 16);
        long cookie = memory.getLong(argument);
        if (cookie != 0) {
            memory.readable(cookie, COOKIE_OCTETS);
        }
        return memory.getInt(argument + 8);
    }

    private void wallTime(long argument) {
        linux.call(Syscall.CLOCK_GETTIME, CLOCK_REALTIME, time.address(), 0);
        memory.putLong(
                argument,
                time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
                        + time.get(ValueLayout.JAVA_LONG, 8));
    }

    private void puts(long argument) throws GuestFault {
        long length = memory.getLong(argument + 8);
        long text = memory.readable(memory.getLong(argument), length);
        if (console == null) {
            putOut(memory.hostAddress() + text, length);
            return;
        }
        while (length > 0) {
            int piece = (int) Math.min(length, 1 << 30);
            console.write(memory.window(text, piece).readOnly());
            text += piece;
            length -= piece;
        }
    }

    private void putOut(long address, long length) {
        while (length > 0) {
            long octets = linux.call(Syscall.WRITE, STANDARD_OUTPUT, address, length);
            if (octets == -Linux.EINTR || octets == -Linux.EAGAIN) {
                Thread.onSpinWait();
            } else if (octets <= 0) {
                return; // nobody listens, and there is nobody to tell
            } else {
                address += octets;
                length -= octets;
            }
        }
    }

    private void poll(long argument) throws IOException {
        long ready = waiting.await(memory.getLong(argument));
        memory.putLong(argument + 8, ready);
        memory.putInt(argument + 16, Long.bitCount(ready));
    }

    private void block(long argument, boolean isWrite) throws GuestFault, IOException {
        Disk disk = at(disks, memory.getLong(argument));
        long offset = memory.getLong(argument + 8);
        long length = memory.getLong(argument + 24);
        if (disk == null
                || offset < 0
                || length < 0
                || offset >= disk.capacityOctets()
                || length > disk.capacityOctets() - offset) {
            memory.putInt(argument + 32, INVALID);
            return;
        }
        long data = memory.getLong(argument + 16);
        if (isWrite) {
            disk.write(memory, memory.readable(data, length), length, offset);
        } else {
            disk.read(memory, memory.writable(data, length), length, offset);
        }
        memory.putInt(argument + 32, OK);
    }

    private void netWrite(long argument) throws GuestFault, IOException {
        NetPort port = at(ports, memory.getLong(argument));
        long length = memory.getLong(argument + 16);
        long frame = memory.readable(memory.getLong(argument + 8), length);
        int result =
                port == null || length > Integer.MAX_VALUE
                        ? NetPort.INVALID
                        : port.write(memory, frame, (int) length);
        memory.putInt(argument + 24, result == NetPort.INVALID ? INVALID : OK);
    }

    private void netRead(long argument) throws GuestFault, IOException {
        NetPort port = at(ports, memory.getLong(argument));
        if (port == null) {
            memory.putInt(argument + 24, INVALID);
            return;
        }
        long room = memory.getLong(argument + 16);
        long buffer = memory.writable(memory.getLong(argument + 8), room);
        int octets = port.read(memory, buffer, (int) Math.min(room, Integer.MAX_VALUE));
        if (octets != NetPort.AGAIN) {
            memory.putLong(argument + 16, octets);
        }
        memory.putInt(argument + 24, octets == NetPort.AGAIN ? AGAIN : OK);
    }

    /// What has that handle, or null.
    static <T> @Nullable T at(@Nullable T[] things, long handle) {
        return handle >= 0 && handle < things.length ? things[(int) handle] : null;
    }
}
