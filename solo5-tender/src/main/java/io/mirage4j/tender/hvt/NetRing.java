// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.Exit;
import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Syscall;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The network ring: frames move between guest and ports without an exit of the guest. A thread of
/// the host takes the entries that the guest puts there, and sleeps when there are none.
///
/// ```
///      0  u32 ent_tail, u32 com_head                   written by the guest
///     64  u32 ent_head, u32 com_tail, u32 needs_kick   written by the host
///    128  1024 entries: u32 op, u32 handle, u64 address, u32 length, u32 id, u64
///  32896  1024 commits: u32 id, s32 result, u32 length, u32; for reads only
/// ```
///
/// The guest may write anything at any time: indexes are our own or masked, and each field of an
/// entry is read once. What it writes over our own indexes harms only itself. Nothing here
/// allocates, but for devices that are Java objects.
final class NetRing {
    private static final int SLOTS = 1024;
    private static final long ENT_TAIL = 0;
    private static final long ENT_HEAD = 64;
    private static final long COM_TAIL = 68;
    private static final long NEEDS_KICK = 72;
    private static final long ENTRIES = 128;
    private static final int ENTRY_OCTETS = 32;
    private static final long COMMITS = ENTRIES + SLOTS * ENTRY_OCTETS;
    private static final int COMMIT_OCTETS = 16;
    private static final long OCTETS = COMMITS + SLOTS * COMMIT_OCTETS;

    private static final int NET_WRITE = 1;
    private static final int NET_READ = 2;

    private static final int OK = 0;
    private static final int AGAIN = 1;
    private static final int INVALID = 2;

    private static final int KICK_PORT = 0x600;

    /// How often an empty ring is looked at before the thread sleeps.
    private static final int LOOKS = 2000;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final Linux linux = new Linux();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment kicks = arena.allocate(Long.BYTES, 8);
    private final GuestMemory memory;
    private final MemorySegment ring;
    private final @Nullable NetPort[] ports;
    private final int kickDescriptor;
    private final Stop stop;
    private final Thread thread =
            Thread.ofPlatform().name("hvt ring").daemon().unstarted(this::run);

    private volatile boolean closing;
    private int entHead;
    private int comTail;

    private NetRing(
            GuestMemory memory,
            long address,
            @Nullable NetPort[] ports,
            int kickDescriptor,
            Stop stop) {
        this.memory = memory;
        this.ports = ports;
        this.kickDescriptor = kickDescriptor;
        this.stop = stop;
        ring = memory.slice(address, OCTETS);
    }

    /// A ring at that address, or null if this KVM can not signal.
    static @Nullable NetRing offer(
            Kvm kvm, GuestMemory memory, long address, @Nullable NetPort[] ports, Stop stop)
            throws IOException {
        var linux = new Linux();
        int descriptor = linux.eventDescriptor();
        if (!kvm.signalOnOut(KICK_PORT, descriptor)) {
            linux.close(descriptor);
            return null;
        }
        return new NetRing(memory, address, ports, descriptor, stop);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                if (!takeAll()) {
                    awaitEntries();
                }
            }
        } catch (GuestFault | IOException e) {
            stop.ask(new Exit.Fault(String.valueOf(e.getMessage())));
        }
    }

    /// Does all that the guest has put there by now. Returns whether there was anything.
    private boolean takeAll() throws GuestFault, IOException {
        int tail = (int) INT.getAcquire(ring, ENT_TAIL);
        if (tail == entHead) return false;
        if (tail - entHead > SLOTS || tail - entHead < 0) {
            throw new GuestFault(
                    "network ring: ent_tail %d is not within ent_head %d + %d"
                            .formatted(tail, entHead, SLOTS));
        }
        while (entHead != tail) {
            take(ENTRIES + (long) (entHead & (SLOTS - 1)) * ENTRY_OCTETS);
            entHead++;
            // release: the guest may reuse the entry and its buffer once it sees this
            INT.setRelease(ring, ENT_HEAD, entHead);
        }
        return true;
    }

    private void take(long entry) throws GuestFault, IOException {
        int operation = ring.get(ValueLayout.JAVA_INT, entry);
        NetPort port = Hypercalls.at(ports, ring.get(ValueLayout.JAVA_INT, entry + 4));
        long address = ring.get(ValueLayout.JAVA_LONG, entry + 8);
        int length = ring.get(ValueLayout.JAVA_INT, entry + 16);
        if (operation == NET_WRITE && port != null) {
            port.write(memory, memory.readable(address, Integer.toUnsignedLong(length)), length);
        } else if (operation == NET_READ) {
            read(port, address, length, ring.get(ValueLayout.JAVA_INT, entry + 20));
        }
    }

    private void read(@Nullable NetPort port, long address, int length, int id)
            throws GuestFault, IOException {
        int octets = NetPort.INVALID;
        if (port != null && length >= 0) {
            octets = port.read(memory, memory.writable(address, length), length);
        }
        long commit = COMMITS + (long) (comTail & (SLOTS - 1)) * COMMIT_OCTETS;
        int result = octets >= 0 ? OK : octets == NetPort.AGAIN ? AGAIN : INVALID;
        ring.set(ValueLayout.JAVA_INT, commit, id);
        ring.set(ValueLayout.JAVA_INT, commit + 4, result);
        ring.set(ValueLayout.JAVA_INT, commit + 8, Math.max(octets, 0));
        comTail++;
        // release: the guest reads the commit after it sees this
        INT.setRelease(ring, COM_TAIL, comTail);
    }

    private void awaitEntries() {
        for (int i = 0; i < LOOKS; i++) {
            if ((int) INT.getAcquire(ring, ENT_TAIL) != entHead || closing) return;
            Thread.onSpinWait();
        }
        // Either the guest sees that it has to kick, or we see its entry: volatile stores and loads
        // keep their order.
        INT.setVolatile(ring, NEEDS_KICK, 1);
        if ((int) INT.getVolatile(ring, ENT_TAIL) == entHead && !closing) {
            linux.call(Syscall.READ, kickDescriptor, kicks.address(), Long.BYTES);
        }
        INT.setVolatile(ring, NEEDS_KICK, 0);
    }

    /// Ends the thread and waits for that.
    void close() {
        closing = true;
        try (Arena local = Arena.ofConfined()) {
            MemorySegment one = local.allocateFrom(ValueLayout.JAVA_LONG, 1);
            new Linux().call(Syscall.WRITE, kickDescriptor, one.address(), Long.BYTES);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        linux.close(kickDescriptor);
        arena.close();
    }
}
