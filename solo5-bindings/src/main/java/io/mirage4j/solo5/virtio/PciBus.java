// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;

/// What drivers need of the board: the PCI bus, memory as devices see it, and to be woken.
public interface PciBus {
    /// A word of the configuration of a function.
    ///
    /// @param function `bus << 8 | device << 3 | function`
    /// @param at a multiple of 4, below 256
    int read(int function, int at);

    void write(int function, int at, int value);

    /// The memory at `address`, the device's or our own.
    Cstruct memory(long address, int octets);

    /// From now on the device of `handle` is ready while the two 16-bit counts differ: that of the
    /// requests which it has done, and that of those which its driver has seen.
    void watch(int handle, long doneAddress, long seenAddress);

    /// Blocks this thread until the device may be ready; may return for nothing.
    void await(int handle);
}
