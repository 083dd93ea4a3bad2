// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

import java.lang.foreign.Arena;

/// A PCI bus with one virtio device on it, whose registers are plain memory: what is written stands
/// there. So it offers its features in both halves of the word alike, and all its queues are one
/// size. It does its work when a driver waits.
public final class PciMachine implements PciBus {
    static final int FUNCTION = 3 << 3;

    public static final int NETWORK = 0x1041;
    static final int BLOCK = 0x1042;

    /// Stands for [VirtioDevice#VERSION_1] in the upper half.
    public static final int VERSION = 1;

    private static final int BAR = 0xfe000000;
    private static final int COMMON = 0;
    private static final int NOTIFY = 0x100;
    private static final int DEVICE = 0x200;
    private static final int TABLE = 0x300;

    final Cstruct registers = Cstruct.allocate(Arena.ofAuto(), 4096, 64);
    final Cstruct config = Cstruct.create(256);
    Runnable work = () -> {};
    long doneAddress;
    int waits;

    public PciMachine(int device, int features, int queueSize) {
        config.putU32le(0, device << 16 | 0x1af4);
        config.putU32le(4, 1 << 20);
        config.putU32le(0x10, BAR);
        config.putU32le(0x34, 0x40);
        capability(0x40, 0x54, 1, COMMON, 56);
        capability(0x54, 0x68, 2, NOTIFY, 64);
        config.putU32le(0x54 + 16, 4);
        capability(0x68, 0x80, 4, DEVICE, 64);
        config.putU32le(0x80, 0x11);
        config.putU32le(0x84, TABLE);
        registers.putU32le(4, features);
        registers.putU16le(24, queueSize);
    }

    private void capability(int at, int next, int type, int offset, int octets) {
        config.putU32le(at, type << 24 | 20 << 16 | next << 8 | 0x09);
        config.putU32le(at + 8, offset);
        config.putU32le(at + 12, octets);
    }

    /// What the device says about itself.
    Cstruct about() {
        return registers.sub(DEVICE, 64);
    }

    int status() {
        return registers.u8(20);
    }

    /// The device's side of the queue that was set up last.
    public DeviceSide queue() {
        return new DeviceSide(
                registers.u16le(24), registers.u64le(32), registers.u64le(40), registers.u64le(48));
    }

    @Override
    public int read(int function, int at) {
        return function == FUNCTION ? config.s32le(at) : -1;
    }

    @Override
    public void write(int function, int at, int value) {
        if (at == 4) {
            config.putU16le(at, value); // the upper half is the status, which is not written
        } else {
            config.putU32le(at, value);
        }
    }

    @Override
    public Cstruct memory(long address, int octets) {
        long off = address - (BAR & 0xffffffffL);
        return off >= 0 && off < registers.length()
                ? registers.sub((int) off, octets)
                : DeviceSide.at(address, octets);
    }

    @Override
    public void watch(int handle, long doneAddress, long seenAddress) {
        this.doneAddress = doneAddress;
    }

    @Override
    public void await(int handle) {
        if (++waits > 10_000) throw new AssertionError("the driver waits for ever");
        work.run();
    }
}
