// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Wider words in an array of octets, little-endian, for [RawMemoryAheadOfTime]. The class is
/// initialised when an image is built, which makes its handles constants of the compiler; those of
/// the class that is replaced are not, seen from its replacement.
final class HeapViews {
    static final VarHandle SHORT = view(short[].class);
    static final VarHandle INT = view(int[].class);
    static final VarHandle LONG = view(long[].class);

    private static VarHandle view(Class<?> words) {
        return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
    }

    private HeapViews() {}
}
