// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of Linux on x86-64, all through the one C function `syscall`: a single shape to
/// link, which is most of what calling C costs a young JVM. Arguments are numbers, addresses too.
///
/// A result below zero is `-errno`, as the kernel gives it. An object belongs to one thread at a
/// time, since it holds the place for `errno`. Nothing in [#call] allocates.
public final class Linux {
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int EFAULT = 14;
    public static final int EINVAL = 22;
    public static final int ENOBUFS = 105;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.firstVariadicArg(1),
                            Linker.Option.captureCallState("errno"));

    private final MemorySegment state = Arena.ofAuto().allocate(STATE);

    public long call(int number, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("syscall threw", impossible);
        }
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }

    public long call(int number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    public long call(int number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    public long call(int number, long a) {
        return call(number, a, 0, 0, 0, 0, 0);
    }

    public long ioctl(int descriptor, int request, long argument) {
        return call(Syscall.IOCTL, descriptor, Integer.toUnsignedLong(request), argument);
    }

    /// Opens a file, closed on exec.
    public int open(String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocateFrom(path).address();
            return (int) orThrow(path, call(Syscall.OPEN, address, flags | OpenFlags.CLOEXEC, 0));
        }
    }

    public void close(int descriptor) {
        call(Syscall.CLOSE, descriptor);
    }

    /// A descriptor that can be read once something was written to it.
    public int eventDescriptor() throws IOException {
        return (int) orThrow("eventfd", call(Syscall.EVENTFD2, 0, OpenFlags.CLOEXEC, 0));
    }

    /// The result, unless it is an error.
    ///
    /// @param what stands at the head of the exception's message
    public static long orThrow(String what, long result) throws IOException {
        if (result < 0) throw new IOException(what + ": " + Errno.text((int) -result));
        return result;
    }
}
