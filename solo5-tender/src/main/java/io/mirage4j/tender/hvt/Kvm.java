// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.tender.linux.Linux;
import io.mirage4j.tender.linux.Mapping;
import io.mirage4j.tender.linux.OpenFlags;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A virtual machine with one processor, as `/dev/kvm` makes it. The numbers are those of
/// `linux/kvm.h`.
final class Kvm implements AutoCloseable {
    static final String DEVICE = "/dev/kvm";

    private static final int GET_API_VERSION = 0xae00;
    private static final int CREATE_VM = 0xae01;
    private static final int CHECK_EXTENSION = 0xae03;
    private static final int GET_VCPU_MMAP_SIZE = 0xae04;
    private static final int GET_SUPPORTED_CPUID = 0xc008ae05;
    private static final int CREATE_VCPU = 0xae41;
    private static final int SET_USER_MEMORY_REGION = 0x4020ae46;
    private static final int IOEVENTFD = 0x4040ae79;
    private static final int RUN = 0xae80;
    private static final int GET_REGS = 0x8090ae81;
    private static final int SET_REGS = 0x4090ae82;
    private static final int SET_SREGS = 0x4138ae84;
    private static final int SET_CPUID2 = 0x4008ae90;
    private static final int GET_TSC_KHZ = 0xaea3;

    private static final int API_VERSION = 12;
    private static final int CAP_IOEVENTFD = 36;
    private static final int IOEVENTFD_PIO = 2;

    private static final int CPUID_ENTRIES = 256;
    private static final int CPUID_ENTRY_OCTETS = 40;

    private static final int IMMEDIATE_EXIT = 1;

    private final Linux linux = new Linux();
    private final Arena arena = Arena.ofShared();
    private final int kvm;
    private int vm = -1;
    private int processor = -1;
    private Mapping run;

    /// Makes one without memory.
    ///
    /// @throws IOException if the machine does not have it, or does not let us
    @SuppressWarnings("NullAway.Init") // `run` is there once this returns
    Kvm() throws IOException {
        try {
            kvm = linux.open(DEVICE, OpenFlags.READ_WRITE);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; hvt needs KVM: load its module, join its group, or use spt",
                    e);
        }
        boolean made = false;
        try {
            long version = linux.ioctl(kvm, GET_API_VERSION, 0);
            if (version != API_VERSION) {
                throw new IOException(DEVICE + ": version " + version + ", not " + API_VERSION);
            }
            vm = (int) control("KVM_CREATE_VM", kvm, CREATE_VM, 0);
            processor = (int) control("KVM_CREATE_VCPU", vm, CREATE_VCPU, 0);
            long octets = control("KVM_GET_VCPU_MMAP_SIZE", kvm, GET_VCPU_MMAP_SIZE, 0);
            run = Mapping.shared("state of the processor", processor, octets);
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    private long control(String what, int descriptor, int request, long argument)
            throws IOException {
        return Linux.orThrow(what, linux.ioctl(descriptor, request, argument));
    }

    /// Gives the machine all of that memory, from address 0.
    void map(GuestMemory memory) throws IOException {
        MemorySegment region = arena.allocate(32, 8);
        region.set(ValueLayout.JAVA_LONG, 16, memory.octets());
        region.set(ValueLayout.JAVA_LONG, 24, memory.hostAddress());
        control("KVM_SET_USER_MEMORY_REGION", vm, SET_USER_MEMORY_REGION, region.address());
    }

    /// Lets the processor have all features that the host has.
    void passFeatures() throws IOException {
        MemorySegment features = arena.allocate(8 + CPUID_ENTRIES * CPUID_ENTRY_OCTETS, 8);
        features.set(ValueLayout.JAVA_INT, 0, CPUID_ENTRIES);
        control("KVM_GET_SUPPORTED_CPUID", kvm, GET_SUPPORTED_CPUID, features.address());
        control("KVM_SET_CPUID2", processor, SET_CPUID2, features.address());
    }

    /// How often the processor's time stamp counter ticks in a second.
    long tscHertz() throws IOException {
        return control("KVM_GET_TSC_KHZ", processor, GET_TSC_KHZ, 0) * 1000;
    }

    void setRegisters(MemorySegment registers, MemorySegment systemRegisters) throws IOException {
        control("KVM_SET_SREGS", processor, SET_SREGS, systemRegisters.address());
        control("KVM_SET_REGS", processor, SET_REGS, registers.address());
    }

    MemorySegment allocate(int octets) {
        return arena.allocate(octets, 8);
    }

    /// Where the processor is, for messages.
    long instructionPointer() {
        MemorySegment registers = arena.allocate(Registers.OCTETS, 8);
        linux.ioctl(processor, GET_REGS, registers.address());
        return registers.get(ValueLayout.JAVA_LONG, Registers.RIP);
    }

    /// Has each 32-bit OUT of 0 to `port` written to the descriptor, without an exit of the guest.
    ///
    /// @return whether this KVM can
    boolean signalOnOut(int port, int eventDescriptor) {
        if (linux.ioctl(kvm, CHECK_EXTENSION, CAP_IOEVENTFD) <= 0) return false;
        MemorySegment request = arena.allocate(64, 8);
        request.set(ValueLayout.JAVA_LONG, 8, port);
        request.set(ValueLayout.JAVA_INT, 16, 4);
        request.set(ValueLayout.JAVA_INT, 20, eventDescriptor);
        request.set(ValueLayout.JAVA_INT, 24, IOEVENTFD_PIO);
        return linux.ioctl(vm, IOEVENTFD, request.address()) >= 0;
    }

    /// Runs the guest until it exits, which [#state] then describes. 0, or `-errno`.
    long run() {
        return linux.ioctl(processor, RUN, 0);
    }

    /// `struct kvm_run`.
    MemorySegment state() {
        return run.memory();
    }

    /// From now on [#run] returns at once with `-EINTR`. Any thread may say so, and has to send the
    /// running one a signal.
    void exitImmediately() {
        run.memory().set(ValueLayout.JAVA_BYTE, IMMEDIATE_EXIT, (byte) 1);
    }

    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
        if (processor >= 0) {
            linux.close(processor);
        }
        if (vm >= 0) {
            linux.close(vm);
        }
        linux.close(kvm);
        arena.close();
    }
}
