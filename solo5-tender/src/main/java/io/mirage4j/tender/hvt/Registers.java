// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The state in which a guest's processor starts: 64-bit mode, paging on, nothing else. No
/// interrupt can come, since there is nothing that sends one.
final class Registers {
    /// Of `struct kvm_regs`.
    static final int OCTETS = 144;

    static final int RIP = 128;

    private static final int RDI = 40;
    private static final int RSP = 48;
    private static final int RFLAGS = 136;
    private static final long RFLAGS_ALWAYS_ONE = 2;

    /// Of `struct kvm_sregs`: cs, ds, es, fs, gs, ss, tr, ldt of 24 octets each, then gdt, idt.
    private static final int SYSTEM_OCTETS = 312;

    private static final int SEGMENT_OCTETS = 24;
    private static final int DATA_SEGMENTS = 5;
    private static final int TASK = 6 * SEGMENT_OCTETS;
    private static final int LOCAL_DESCRIPTORS = 7 * SEGMENT_OCTETS;
    private static final int GLOBAL_DESCRIPTORS = 8 * SEGMENT_OCTETS;
    private static final int CR0 = 224;
    private static final int CR3 = 240;
    private static final int CR4 = 248;
    private static final int EFER = 264;

    private static final long PE_NE_WP_PG = 0x8001_0021L;
    private static final long PAE_OSFXSR_OSXMMEXCPT = 0x620;
    private static final long LME_LMA = 0x500;

    private static final int CODE_TYPE = 9; // execute only, accessed
    private static final int DATA_TYPE = 3; // read and write, accessed
    private static final int BUSY_TASK_TYPE = 11;
    private static final int CODE_SELECTOR = 8;
    private static final int DATA_SELECTOR = 0x10;

    /// Sets the processor to begin at `entry`.
    ///
    /// @param stackEnd the octet behind the guest's memory
    static void start(Kvm kvm, long entry, long stackEnd) throws IOException {
        MemorySegment system = kvm.allocate(SYSTEM_OCTETS);
        segment(system, 0, CODE_SELECTOR, CODE_TYPE, true);
        for (int i = 1; i <= DATA_SEGMENTS; i++) {
            segment(system, i * SEGMENT_OCTETS, DATA_SELECTOR, DATA_TYPE, false);
        }
        system.set(ValueLayout.JAVA_BYTE, TASK + 14, (byte) BUSY_TASK_TYPE);
        system.set(ValueLayout.JAVA_BYTE, TASK + 15, (byte) 1); // present
        system.set(ValueLayout.JAVA_BYTE, LOCAL_DESCRIPTORS + 22, (byte) 1); // unusable
        system.set(ValueLayout.JAVA_LONG, GLOBAL_DESCRIPTORS, LowMemory.GDT);
        system.set(ValueLayout.JAVA_SHORT, GLOBAL_DESCRIPTORS + 8, (short) LowMemory.GDT_LIMIT);
        system.set(ValueLayout.JAVA_LONG, CR0, PE_NE_WP_PG);
        system.set(ValueLayout.JAVA_LONG, CR3, LowMemory.PML4);
        system.set(ValueLayout.JAVA_LONG, CR4, PAE_OSFXSR_OSXMMEXCPT);
        system.set(ValueLayout.JAVA_LONG, EFER, LME_LMA);

        MemorySegment registers = kvm.allocate(OCTETS);
        registers.set(ValueLayout.JAVA_LONG, RIP, entry);
        registers.set(ValueLayout.JAVA_LONG, RDI, BootInfo.ADDRESS);
        // As after a call: (RSP + 8) is a multiple of 16.
        registers.set(ValueLayout.JAVA_LONG, RSP, stackEnd - 8);
        registers.set(ValueLayout.JAVA_LONG, RFLAGS, RFLAGS_ALWAYS_ONE);
        kvm.setRegisters(registers, system);
    }

    /// `struct kvm_segment`: u64 base, u32 limit, u16 selector, then an octet each of type,
    /// present, dpl, db, s, l, g, avl, unusable.
    private static void segment(
            MemorySegment system, int at, int selector, int type, boolean isCode) {
        system.set(ValueLayout.JAVA_INT, at + 8, -1);
        system.set(ValueLayout.JAVA_SHORT, at + 12, (short) selector);
        system.set(ValueLayout.JAVA_BYTE, at + 14, (byte) type);
        system.set(ValueLayout.JAVA_BYTE, at + 15, (byte) 1); // present
        system.set(ValueLayout.JAVA_BYTE, at + 17, (byte) (isCode ? 0 : 1)); // db
        system.set(ValueLayout.JAVA_BYTE, at + 18, (byte) 1); // s: code or data
        system.set(ValueLayout.JAVA_BYTE, at + 19, (byte) (isCode ? 1 : 0)); // l: 64 bit
        system.set(ValueLayout.JAVA_BYTE, at + 20, (byte) 1); // g: limit in pages
    }

    private Registers() {}
}
