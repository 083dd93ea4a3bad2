// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Entropy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The board that a unikernel runs on: console, clock, entropy, and the devices that the image
/// declares, each acquired once by its name in the manifest.
///
/// ```java
/// Machine machine = Machine.current();
/// NetDevice nic = machine.network("service0");
/// BlockDevice disk = machine.block("storage");
/// ```
///
/// On a JVM there is no board: [#isPresent] tells, and [#current] throws.
public final class Machine {
    private static final String IMAGE_PROPERTY = "org.graalvm.nativeimage.imagecode";
    private static final String IN_IMAGE = "runtime";

    /// Handles from 1 on.
    private static final long ALL_DEVICES = -2;

    private static @Nullable Machine current;

    private final Calls calls;
    private final Devices devices;
    private final BoardClock clock;
    private final Readiness readiness;
    private final boolean[] acquired;
    private @Nullable BoardEntropy entropy;

    Machine(Calls calls) {
        this(calls, calls, new Readiness(calls));
    }

    /// @param devices either `calls`, or drivers over them
    private Machine(Calls calls, Devices devices, Readiness readiness) {
        this.calls = calls;
        this.devices = devices;
        this.clock = new BoardClock(calls);
        this.readiness = readiness;
        this.acquired = new boolean[calls.deviceCount()];
    }

    /// Tells whether this program runs on a board.
    public static boolean isPresent() {
        return IN_IMAGE.equals(System.getProperty(IMAGE_PROPERTY));
    }

    /// The board that this program runs on.
    ///
    /// @throws IllegalStateException on a JVM
    public static synchronized Machine current() {
        Machine machine = current;
        if (machine == null) {
            if (!isPresent()) {
                throw new IllegalStateException(
                        "no board: this runs on a JVM, where io.mirage4j.platform.host has devices");
            }
            machine = ofImage(new NativeCalls());
            current = machine;
        }
        return machine;
    }

    private static Machine ofImage(NativeCalls calls) {
        var readiness = new Readiness(calls);
        Devices devices =
                calls.hasPci() ? new VirtioDevices(calls, new NativePciBus(readiness)) : calls;
        return new Machine(calls, devices, readiness);
    }

    public Console console() {
        return new BoardConsole(calls);
    }

    /// The board's clock, which is also that of every deadline here.
    public Clock clock() {
        return clock;
    }

    /// Randomness from the processor, mixed.
    ///
    /// @throws IllegalStateException if the processor has no generator and its timing no jitter
    public synchronized Entropy entropy() {
        BoardEntropy pool = entropy;
        if (pool == null) {
            pool = BoardEntropy.of(calls);
            entropy = pool;
        }
        return pool;
    }

    /// What the manifest declares, in its order.
    public List<DeclaredDevice> devices() {
        List<DeclaredDevice> devices = new ArrayList<>();
        for (int handle = 1; handle < calls.deviceCount(); handle++) {
            devices.add(declared(handle));
        }
        return List.copyOf(devices);
    }

    /// Acquires a network device.
    ///
    /// @throws IllegalArgumentException if the manifest has no such network device
    /// @throws IllegalStateException if it was acquired before, or there is nothing behind it
    public BoardNetDevice network(String name) {
        int handle = acquire(name, DeclaredDevice.Type.NETWORK);
        return new BoardNetDevice(devices, readiness, handle, name);
    }

    /// Acquires a block device.
    ///
    /// @throws IllegalArgumentException if the manifest has no such block device
    /// @throws IllegalStateException if it was acquired before, or there is nothing behind it
    public BoardBlockDevice block(String name) {
        return new BoardBlockDevice(devices, acquire(name, DeclaredDevice.Type.BLOCK), name);
    }

    /// Blocks this platform thread until a network device can be read, or until [#clock] shows
    /// `deadlineNanos`: those that can be read. Other threads go on; if none has anything to do,
    /// the guest sleeps.
    public List<DeclaredDevice> awaitAny(long deadlineNanos) {
        long ready = calls.devicesWait(ALL_DEVICES, Readiness.deadlineOf(deadlineNanos));
        List<DeclaredDevice> devices = new ArrayList<>(Long.bitCount(ready));
        for (long rest = ready; rest != 0; rest &= rest - 1) {
            devices.add(declared(Long.numberOfTrailingZeros(rest)));
        }
        return devices;
    }

    /// How the guest's memory is used.
    public MemoryStatistics memory() {
        return new MemoryStatistics(
                calls.memory(0), calls.memory(1), calls.memory(2), calls.memory(3));
    }

    /// The time of [#clock] at which the boot layer was entered.
    public long enteredAtNanos() {
        return calls.enteredAt();
    }

    /// Ends the guest at once, without shutdown hooks: those are [System#exit]'s.
    public void exit(int status) {
        calls.exit(status);
    }

    /// Ends the guest as one that gave up.
    public void abort() {
        calls.abort();
    }

    private synchronized int acquire(String name, DeclaredDevice.Type type) {
        for (int handle = 1; handle < calls.deviceCount(); handle++) {
            DeclaredDevice device = declared(handle);
            if (device.type() == type && device.name().equals(name)) {
                if (acquired[handle]) {
                    throw new IllegalStateException("device " + name + " was acquired before");
                }
                devices.open(handle);
                acquired[handle] = true;
                return handle;
            }
        }
        throw new IllegalArgumentException(
                "the manifest has no " + type + " device " + name + "; it has " + devices());
    }

    private DeclaredDevice declared(int handle) {
        return new DeclaredDevice(
                calls.deviceName(handle),
                calls.deviceType(handle) == Calls.TYPE_NETWORK
                        ? DeclaredDevice.Type.NETWORK
                        : DeclaredDevice.Type.BLOCK);
    }
}
