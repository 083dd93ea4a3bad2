// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import org.graalvm.nativeimage.c.function.CFunction;

/// Sums by the boot layer, `boot/common/sum.c`.
final class NativeSums {
    /// The sum of the unsigned 32-bit words, least octet first, in `octets` octets at `address`.
    static long sumOfWords(long address, long octets) {
        return sum_of_words(address, octets);
    }

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native long sum_of_words(long address, long octets);

    private NativeSums() {}
}
