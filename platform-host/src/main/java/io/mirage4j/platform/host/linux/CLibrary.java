// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// The functions of the C library, by which Linux is called, and its error numbers. A handle of one
/// takes the memory of a [CallState] before the arguments.
final class CLibrary {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENOBUFS = 105;
    static final int EINPROGRESS = 115;
    static final int EOPNOTSUPP = 95;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERROR = Linker.Option.captureCallState("errno");
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(name, List.of(ERROR), result, arguments);
    }

    /// One that takes any number of arguments from `firstVariadic` on, counted from 0.
    static MethodHandle variadic(
            String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
        List<Linker.Option> options = List.of(ERROR, Linker.Option.firstVariadicArg(firstVariadic));
        return bind(name, options, result, arguments);
    }

    /// One that does not block: the JVM does not leave its state for it, and so it may reach into
    /// the heap.
    static MethodHandle quick(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(name, List.of(ERROR, Linker.Option.critical(true)), result, arguments);
    }

    private static MethodHandle bind(
            String name,
            List<Linker.Option> options,
            MemoryLayout result,
            MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                options.toArray(Linker.Option[]::new));
    }

    /// `result`, unless it is an error.
    static int check(int result, String what) throws IOException {
        if (result < 0) throw failure(result, what);
        return result;
    }

    /// What to throw for an error number below 0.
    static IOException failure(long result, String what) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact((int) -result);
            return new IOException(what + ": " + text.reinterpret(256).getString(0));
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static AssertionError impossible(Throwable t) {
        return new AssertionError("a call of the C library threw", t);
    }

    private CLibrary() {}
}
