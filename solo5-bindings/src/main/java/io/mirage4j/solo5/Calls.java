// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

/// What the boot layer offers, in its own terms: addresses and handles. In an image these are the C
/// functions themselves ([NativeCalls]), in tests a board that lives in memory.
///
/// Times are nanoseconds of the board's monotonic clock, but for [#clockWall]; a deadline of
/// [#NEVER] never comes.
interface Calls extends Devices {
    long NEVER = -1; // the largest u64

    int TYPE_BLOCK = 1;
    int TYPE_NETWORK = 2;

    void consoleWrite(long address, long octets);

    long clockMonotonic();

    long clockWall();

    void exit(int status);

    void abort();

    /// Devices in the manifest, and the reserved first one; a handle is from 1 to below this.
    int deviceCount();

    String deviceName(int handle);

    int deviceType(int handle);

    /// Whether devices are behind PCI, so that their drivers are ours, and not the board's.
    boolean hasPci();

    /// Blocks this platform thread, not the guest, until a device of `set` is ready.
    long devicesWait(long set, long deadline);

    /// Wakes whoever waits for a device of `set` by [#devicesWait], as if it were ready.
    void devicesWake(long set);

    /// Adds to what [#devicesWanted] waits for.
    void devicesWant(long set);

    /// Blocks this platform thread until something wanted is ready; it is not wanted any more then.
    long devicesWanted();

    /// Octets of memory: 0 in all, 1 the heap's, 2 of others, 3 the most that was ever used.
    long memory(int which);

    long enteredAt();

    boolean hasRdseed();

    boolean hasRdrand();

    /// Stores a random word at `address`; 0 if the processor had none.
    int rdseed(long address);

    int rdrand(long address);

    /// The time stamp counter.
    long ticks();
}
