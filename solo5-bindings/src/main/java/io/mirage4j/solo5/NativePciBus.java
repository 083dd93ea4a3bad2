// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.graalvm.nativeimage.c.function.CFunction.Transition.NO_TRANSITION;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Engine;
import io.mirage4j.solo5.virtio.PciBus;

import org.graalvm.nativeimage.c.function.CFunction;

import java.lang.foreign.MemorySegment;

/// The PCI bus by the boot layer's functions (`boot/common/pci.h`). Memory is where its address
/// says, for devices too.
final class NativePciBus implements PciBus {
    private final Readiness readiness;

    NativePciBus(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public int read(int function, int at) {
        return board_pci_read(function, at);
    }

    @Override
    public void write(int function, int at, int value) {
        board_pci_write(function, at, value);
    }

    @Override
    public Cstruct memory(long address, int octets) {
        return Cstruct.of(MemorySegment.ofAddress(address).reinterpret(octets));
    }

    @Override
    public void watch(int handle, long doneAddress, long seenAddress) {
        board_watch(handle, doneAddress, seenAddress);
    }

    @Override
    public void await(int handle) {
        readiness.await(handle, Engine.NEVER);
    }

    @CFunction(transition = NO_TRANSITION)
    private static native int board_pci_read(int function, int at);

    @CFunction(transition = NO_TRANSITION)
    private static native void board_pci_write(int function, int at, int value);

    @CFunction(transition = NO_TRANSITION)
    private static native void board_watch(int handle, long done, long seen);
}
