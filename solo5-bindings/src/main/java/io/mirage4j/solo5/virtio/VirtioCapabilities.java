// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Where the parts of a virtio device are (virtio 1.2, 4.1.4), and its interrupts, which are
/// directed to the one processor by MSI-X.
record VirtioCapabilities(
        Cstruct common, Cstruct notification, Cstruct configuration, int notifyMultiplier) {
    private static final int COMMAND = 0x04;
    private static final int BARS = 0x10;
    private static final int FIRST_CAPABILITY = 0x34;

    private static final int MEMORY_AND_MASTER = 6;
    private static final int CAPABILITIES_BIT = 20; // of the word with command and status

    private static final int VENDOR = 0x09;
    private static final int MSI_X = 0x11;
    private static final int COMMON = 1;
    private static final int NOTIFY = 2;
    private static final int DEVICE = 4;

    private static final int MSI_X_ENABLE = 1 << 31;
    private static final int MSI_X_MASK_ALL = 1 << 30;
    private static final int MSI_X_ENTRY = 16;

    /// A message to processor 0, and the vector that the boot layer has for devices
    /// (virtio/apic.h).
    private static final int MESSAGE_ADDRESS = 0xfee00000;

    private static final int MESSAGE_VECTOR = 33;

    /// Longer lists are loops.
    private static final int MOST_CAPABILITIES = 48;

    static VirtioCapabilities read(PciBus bus, int function, String name) throws IOException {
        bus.write(function, COMMAND, (bus.read(function, COMMAND) & 0xffff) | MEMORY_AND_MASTER);
        Cstruct common = null;
        Cstruct notification = null;
        Cstruct configuration = Cstruct.empty();
        int multiplier = 0;
        boolean interrupts = false;
        int at = bus.read(function, FIRST_CAPABILITY) & 0xfc;
        if ((bus.read(function, COMMAND) >>> CAPABILITIES_BIT & 1) == 0) {
            at = 0;
        }
        for (int i = 0; at != 0 && i < MOST_CAPABILITIES; i++) {
            int word = bus.read(function, at);
            switch (word & 0xff) {
                case MSI_X -> {
                    directInterrupts(bus, function, at, name);
                    interrupts = true;
                }
                case VENDOR -> {
                    switch (word >>> 24) {
                        case COMMON -> common = first(common, bus, function, at, name);
                        case NOTIFY -> {
                            multiplier =
                                    notification == null ? bus.read(function, at + 16) : multiplier;
                            notification = first(notification, bus, function, at, name);
                        }
                        case DEVICE -> {
                            if (configuration.isEmpty()) {
                                configuration = first(null, bus, function, at, name);
                            }
                        }
                        default -> {} // ways that we do not go
                    }
                }
                default -> {}
            }
            at = (word >>> 8) & 0xfc;
        }
        if (common == null || notification == null || !interrupts) {
            throw new IOException(
                    "virtio device " + name + ": no virtio 1.x over PCI with MSI-X interrupts");
        }
        return new VirtioCapabilities(common, notification, configuration, multiplier);
    }

    /// A device may offer several places for a part; the first is the one that it likes best.
    private static Cstruct first(
            @Nullable Cstruct found, PciBus bus, int function, int at, String name)
            throws IOException {
        if (found != null) return found;
        int bar = bus.read(function, at + 4) & 0xff;
        long offset = bus.read(function, at + 8) & 0xffffffffL;
        int octets = bus.read(function, at + 12);
        return memory(bus, function, bar, offset, octets, name);
    }

    private static Cstruct memory(
            PciBus bus, int function, int bar, long offset, int octets, String name)
            throws IOException {
        long base = bar > 5 ? 0 : bar(bus, function, bar);
        if (base == 0 || octets <= 0 || base + offset + octets > 1L << 32) {
            throw new IOException(
                    "virtio device %s: no memory below 4 GB in bar %d: 0x%x + 0x%x, %d octets"
                            .formatted(name, bar, base, offset, octets));
        }
        return bus.memory(base + offset, octets);
    }

    /// The address in a base address register, or 0 if that has no memory.
    private static long bar(PciBus bus, int function, int bar) {
        int low = bus.read(function, BARS + 4 * bar);
        boolean ports = (low & 1) != 0;
        boolean wide = (low & 6) == 4;
        long high = wide && bar < 5 ? bus.read(function, BARS + 4 * bar + 4) & 0xffffffffL : 0;
        return ports ? 0 : high << 32 | (low & 0xfffffff0L);
    }

    private static void directInterrupts(PciBus bus, int function, int at, String name)
            throws IOException {
        int table = bus.read(function, at + 4);
        Cstruct entry = memory(bus, function, table & 7, table & 0xfffffff8L, MSI_X_ENTRY, name);
        entry.putU32le(0, MESSAGE_ADDRESS);
        entry.putU32le(4, 0);
        entry.putU32le(8, MESSAGE_VECTOR);
        entry.putU32le(12, 0); // not masked
        int control = bus.read(function, at) & ~MSI_X_MASK_ALL;
        bus.write(function, at, control | MSI_X_ENABLE);
    }
}
