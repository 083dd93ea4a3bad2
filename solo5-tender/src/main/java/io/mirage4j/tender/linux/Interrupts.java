// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Gets a thread out of a system call, by a signal that nobody else uses.
///
/// A signal must have a handler to interrupt anything, and none may run Java. The C library's `abs`
/// takes a number, touches nothing and returns: it is a handler that does nothing.
public final class Interrupts {
    private static final int SIGNAL = 50; // a real-time signal: 34 to 64
    private static final int SIGACTION_OCTETS = 152; // handler, mask of 128 octets, flags, restorer

    /// Interrupts the system call in which a thread of this process is, if it is in one.
    public static void interrupt(Linux linux, int thread) {
        install();
        linux.call(Syscall.TGKILL, ProcessHandle.current().pid(), thread, SIGNAL);
    }

    private static void install() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        MethodHandle sigaction =
                linker.downcallHandle(
                        library.findOrThrow("sigaction"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(SIGACTION_OCTETS, 8);
            action.set(ValueLayout.ADDRESS, 0, library.findOrThrow("abs"));
            int result = (int) sigaction.invokeExact(SIGNAL, action, MemorySegment.NULL);
            if (result != 0) throw new AssertionError("sigaction(" + SIGNAL + ") failed");
        } catch (Throwable impossible) {
            throw new AssertionError("sigaction threw", impossible);
        }
    }

    private Interrupts() {}
}
