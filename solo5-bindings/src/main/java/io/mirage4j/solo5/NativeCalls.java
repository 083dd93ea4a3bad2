// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.graalvm.nativeimage.c.function.CFunction.Transition.NO_TRANSITION;
import static org.graalvm.nativeimage.c.function.CFunction.Transition.TO_NATIVE;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/// The boot layer's functions, as the headers in `boot/common` declare them. What may let other
/// threads run is called with a transition, so that the collector need not wait for the caller; the
/// rest is a plain call.
final class NativeCalls implements Calls {
    @Override
    public void consoleWrite(long address, long octets) {
        board_console_write(address, octets);
    }

    @Override
    public long clockMonotonic() {
        return board_clock_monotonic();
    }

    @Override
    public long clockWall() {
        return board_clock_wall();
    }

    @Override
    public void exit(int status) {
        board_exit(status);
    }

    @Override
    public void abort() {
        board_abort();
    }

    @Override
    public int deviceCount() {
        return java_device_count();
    }

    @Override
    public String deviceName(int handle) {
        return CTypeConversion.toJavaString(java_device_name(handle));
    }

    @Override
    public int deviceType(int handle) {
        return java_device_type(handle);
    }

    @Override
    public void open(int handle) {
        if (java_device_attached(handle) == 0) {
            throw new IllegalStateException(
                    "device "
                            + deviceName(handle)
                            + " is not attached, or this board can not drive it");
        }
    }

    @Override
    public long networkMac(int handle) {
        return java_network_mac(handle);
    }

    @Override
    public int networkMtu(int handle) {
        return java_network_mtu(handle);
    }

    @Override
    public long blockCapacity(int handle) {
        return java_block_capacity(handle);
    }

    @Override
    public int blockSize(int handle) {
        return java_block_size(handle);
    }

    @Override
    public long netRead(int handle, long address, long room) {
        return java_net_read(handle, address, room);
    }

    @Override
    public int netWrite(int handle, long address, long octets) {
        return board_net_write(handle, address, octets);
    }

    @Override
    public void netFlush(int handle) {
        board_net_flush(handle);
    }

    @Override
    public int blockRead(int handle, long offset, long address, long octets) {
        return board_block_read(handle, offset, address, octets);
    }

    @Override
    public int blockWrite(int handle, long offset, long address, long octets) {
        return board_block_write(handle, offset, address, octets);
    }

    /// Solo5 has no call for it: what was written is with the host.
    @Override
    public int blockFlush(int handle) {
        return OK;
    }

    @Override
    public boolean hasPci() {
        return board_has_pci() != 0;
    }

    @Override
    public long devicesWait(long set, long deadline) {
        return devices_wait(set, deadline);
    }

    @Override
    public void devicesWake(long set) {
        devices_ready(set);
    }

    @Override
    public void devicesWant(long set) {
        devices_want(set);
    }

    @Override
    public long devicesWanted() {
        return devices_wanted();
    }

    @Override
    public long memory(int which) {
        return java_memory(which);
    }

    @Override
    public long enteredAt() {
        return java_entered_at();
    }

    @Override
    public boolean hasRdseed() {
        return entropy_has_rdseed() != 0;
    }

    @Override
    public boolean hasRdrand() {
        return entropy_has_rdrand() != 0;
    }

    @Override
    public int rdseed(long address) {
        return entropy_rdseed(address);
    }

    @Override
    public int rdrand(long address) {
        return entropy_rdrand(address);
    }

    @Override
    public long ticks() {
        return entropy_ticks();
    }

    static String commandLine() {
        return CTypeConversion.toJavaString(java_command_line());
    }

    /// Lets each platform thread that can run do so once, and those that a device or the clock
    /// calls, if there are any.
    static void giveTurns() {
        if (thread_turn_is_over() != 0) {
            sched_yield();
        }
    }

    @CFunction(transition = NO_TRANSITION)
    private static native int thread_turn_is_over();

    @CFunction(transition = TO_NATIVE)
    private static native int sched_yield();

    @CFunction(transition = NO_TRANSITION)
    private static native CCharPointer java_command_line();

    @CFunction(transition = NO_TRANSITION)
    private static native void board_console_write(long text, long octets);

    @CFunction(transition = NO_TRANSITION)
    private static native long board_clock_monotonic();

    @CFunction(transition = NO_TRANSITION)
    private static native long board_clock_wall();

    @CFunction(transition = NO_TRANSITION)
    private static native void board_exit(int status);

    @CFunction(transition = NO_TRANSITION)
    private static native void board_abort();

    @CFunction(transition = NO_TRANSITION)
    private static native int java_device_count();

    @CFunction(transition = NO_TRANSITION)
    private static native CCharPointer java_device_name(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int java_device_type(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int java_device_attached(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int board_has_pci();

    @CFunction(transition = NO_TRANSITION)
    private static native long java_network_mac(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int java_network_mtu(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native long java_block_capacity(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int java_block_size(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native long java_net_read(int handle, long frame, long room);

    @CFunction(transition = NO_TRANSITION)
    private static native int board_net_write(int handle, long frame, long octets);

    @CFunction(transition = NO_TRANSITION)
    private static native void board_net_flush(int handle);

    @CFunction(transition = NO_TRANSITION)
    private static native int board_block_read(int handle, long offset, long target, long octets);

    @CFunction(transition = NO_TRANSITION)
    private static native int board_block_write(int handle, long offset, long source, long octets);

    @CFunction(transition = TO_NATIVE)
    private static native long devices_wait(long set, long deadline);

    @CFunction(transition = NO_TRANSITION)
    private static native void devices_ready(long set);

    @CFunction(transition = NO_TRANSITION)
    private static native void devices_want(long set);

    @CFunction(transition = TO_NATIVE)
    private static native long devices_wanted();

    @CFunction(transition = NO_TRANSITION)
    private static native long java_memory(int which);

    @CFunction(transition = NO_TRANSITION)
    private static native long java_entered_at();

    @CFunction(transition = NO_TRANSITION)
    private static native int entropy_has_rdseed();

    @CFunction(transition = NO_TRANSITION)
    private static native int entropy_has_rdrand();

    @CFunction(transition = NO_TRANSITION)
    private static native int entropy_rdseed(long word);

    @CFunction(transition = NO_TRANSITION)
    private static native int entropy_rdrand(long word);

    @CFunction(transition = NO_TRANSITION)
    private static native long entropy_ticks();
}
