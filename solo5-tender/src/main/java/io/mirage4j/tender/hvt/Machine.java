// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.platform.Console;
import io.mirage4j.tender.Exit;
import io.mirage4j.tender.image.Image;
import io.mirage4j.tender.image.RefusedException;
import io.mirage4j.tender.linux.Linux;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A guest that was loaded, until it ends. One thread runs it; any may stop it.
public final class Machine implements AutoCloseable {
    private static final int HYPERCALL_PORT = 0x500;

    // struct kvm_run
    private static final long EXIT_REASON = 8;
    private static final long EXIT_DETAIL = 32;
    private static final long IO_DIRECTION = 32;
    private static final long IO_SIZE = 33;
    private static final long IO_PORT = 34;
    private static final long IO_DATA_OFFSET = 40;

    private static final int EXIT_IO = 2;
    private static final int EXIT_HLT = 5;
    private static final int EXIT_MMIO = 6;
    private static final int EXIT_SHUTDOWN = 8;
    private static final int EXIT_FAIL_ENTRY = 9;
    private static final int EXIT_INTERNAL_ERROR = 17;
    private static final byte OUT = 1;

    private final Kvm kvm;
    private final GuestMemory memory;
    private final Devices devices;
    private final Hypercalls hypercalls;
    private final @Nullable NetRing ring;
    private final Stop stop;

    private Machine(
            Kvm kvm,
            GuestMemory memory,
            Devices devices,
            Hypercalls hypercalls,
            @Nullable NetRing ring,
            Stop stop) {
        this.kvm = kvm;
        this.memory = memory;
        this.devices = devices;
        this.hypercalls = hypercalls;
        this.ring = ring;
        this.stop = stop;
    }

    /// Loads an image into a new machine, which takes over the devices.
    ///
    /// @param console null for the standard output
    public static Machine load(
            Image image,
            MemorySize size,
            String commandLine,
            Devices devices,
            @Nullable Console console)
            throws IOException, RefusedException {
        byte[] arguments = BootInfo.commandLine(commandLine);
        long visible = size.visibleOctets(devices.hasNetwork());
        var kvm = new Kvm();
        GuestMemory memory = null;
        Stop stop = null;
        boolean loaded = false;
        try {
            memory = new GuestMemory(size.totalOctets(devices.hasNetwork()));
            long end = memory.load(image, visible);
            kvm.map(memory);
            LowMemory.write(memory);
            kvm.passFeatures();
            Registers.start(kvm, image.entry(), visible);
            stop = new Stop(kvm);
            NetRing ring =
                    devices.hasNetwork()
                            ? NetRing.offer(kvm, memory, visible, devices.ports(), stop)
                            : null;
            BootInfo.write(
                    memory,
                    visible,
                    end,
                    kvm.tscHertz(),
                    devices.fill(image.manifest()),
                    arguments,
                    ring == null ? 0 : visible);
            var waiting = new Waiting(devices.ports(), stop.descriptor());
            var hypercalls =
                    new Hypercalls(memory, devices.ports(), devices.disks(), console, waiting);
            loaded = true;
            return new Machine(kvm, memory, devices, hypercalls, ring, stop);
        } finally {
            if (!loaded) {
                if (stop != null) {
                    stop.close();
                }
                kvm.close();
                if (memory != null) {
                    memory.close();
                }
            }
        }
    }

    /// Runs the guest to its end, whatever that is.
    public Exit run() {
        try {
            stop.runsHere();
            if (ring != null) {
                ring.start();
            }
            return loop();
        } catch (GuestFault | IOException e) {
            return new Exit.Fault(String.valueOf(e.getMessage()));
        }
    }

    private Exit loop() throws GuestFault, IOException {
        MemorySegment state = kvm.state();
        while (true) {
            long result = kvm.run();
            if (stop.isAsked()) return stop.reason();
            if (result == -Linux.EINTR || result == -Linux.EAGAIN) continue;
            if (result < 0) throw failed(result);
            if (state.get(ValueLayout.JAVA_INT, EXIT_REASON) != EXIT_IO) throw unexpected(state);
            int number = hypercall(state);
            long argument =
                    Integer.toUnsignedLong(
                            state.get(
                                    ValueLayout.JAVA_INT,
                                    state.get(ValueLayout.JAVA_LONG, IO_DATA_OFFSET)));
            if (number == Hypercalls.HALT) return new Exit.Halted(hypercalls.exitStatus(argument));
            hypercalls.call(number, argument);
        }
    }

    private static int hypercall(MemorySegment state) throws GuestFault {
        int port = Short.toUnsignedInt(state.get(ValueLayout.JAVA_SHORT, IO_PORT));
        if (state.get(ValueLayout.JAVA_BYTE, IO_DIRECTION) != OUT
                || state.get(ValueLayout.JAVA_BYTE, IO_SIZE) != 4
                || port < HYPERCALL_PORT
                || port > HYPERCALL_PORT + Hypercalls.HALT) {
            throw new GuestFault("invalid access to port 0x%x".formatted(port));
        }
        return port - HYPERCALL_PORT;
    }

    private GuestFault failed(long result) throws IOException {
        if (result == -Linux.EFAULT) {
            return new GuestFault(
                    "memory that is not mapped so was accessed at rip 0x%x"
                            .formatted(kvm.instructionPointer()));
        }
        Linux.orThrow("KVM_RUN", result);
        throw new AssertionError("KVM_RUN returned " + result);
    }

    private GuestFault unexpected(MemorySegment state) {
        int reason = state.get(ValueLayout.JAVA_INT, EXIT_REASON);
        String what =
                switch (reason) {
                    case EXIT_HLT -> "halted the processor without a hypercall";
                    case EXIT_MMIO ->
                            "accessed 0x%x, where no memory is or none that may be written,"
                                    .formatted(state.get(ValueLayout.JAVA_LONG, EXIT_DETAIL));
                    case EXIT_SHUTDOWN -> "faulted without a handler (triple fault)";
                    case EXIT_FAIL_ENTRY ->
                            "could not be entered: reason 0x%x"
                                    .formatted(state.get(ValueLayout.JAVA_LONG, EXIT_DETAIL));
                    case EXIT_INTERNAL_ERROR ->
                            "met an error of KVM: 0x%x"
                                    .formatted(state.get(ValueLayout.JAVA_INT, EXIT_DETAIL));
                    default -> "exited for reason " + reason;
                };
        return new GuestFault("the guest %s at rip 0x%x".formatted(what, kvm.instructionPointer()));
    }

    /// Has [#run] return soon, wherever the guest is. Any thread may call it, often too.
    public void stop() {
        stop.ask(new Exit.Stopped());
    }

    /// Gives back what the guest had, once [#run] has returned.
    @Override
    public void close() {
        if (ring != null) {
            ring.close();
        }
        stop.close();
        devices.close();
        kvm.close();
        memory.close();
    }
}
