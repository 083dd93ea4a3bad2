// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.hub.LayoutEncoding;
import com.oracle.svm.core.snippets.KnownIntrinsics;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.UnsignedWord;

/// Sums by the boot layer, `boot/common/sum.c`: of the unsigned 32-bit words, least octet first, in
/// a multiple of 8 octets.
final class NativeSums {
    /// From so many octets in an array on a call is worth it.
    static final int WORTH_A_CALL = 64;

    /// The sum of what lies at `address`.
    static long sumOfWords(long address, long octets) {
        return sum_of_words(address, octets);
    }

    /// The sum of octets in an array, which stays where it is: the one processor is in C until the
    /// sum is there, and on the way to it no thread can be stopped for a collection.
    @Uninterruptible(reason = "holds the address of an array")
    static long sumOfWords(byte[] heap, int at, long octets) {
        int layout = KnownIntrinsics.readHub(heap).getLayoutEncoding();
        UnsignedWord offset = LayoutEncoding.getArrayElementOffset(layout, at);
        // By its full name: the class is not imported, since Javadoc stumbles over what it stands
        // on.
        var octetsOfHeap = jdk.graal.compiler.word.Word.objectToUntrackedPointer(heap);
        return sum_of_words(octetsOfHeap.add(offset).rawValue(), octets);
    }

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native long sum_of_words(long address, long octets);

    private NativeSums() {}
}
