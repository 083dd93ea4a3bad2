// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/// What the C library calls an error. Linked only when there is one.
public final class Errno {
    private static final int LONGEST_TEXT = 256;

    public static String text(int errno) {
        try {
            MethodHandle strerror =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    Linker.nativeLinker().defaultLookup().findOrThrow("strerror"),
                                    FunctionDescriptor.of(
                                            ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
            return text.reinterpret(LONGEST_TEXT).getString(0).toLowerCase(Locale.ROOT);
        } catch (Throwable e) {
            return "error " + errno;
        }
    }

    private Errno() {}
}
