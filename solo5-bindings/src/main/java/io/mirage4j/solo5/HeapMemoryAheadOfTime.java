// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/// The one body of cstruct's `HeapMemory` that is another in an image: a sum by the boot layer,
/// which has vectors, where there is enough to add for a call.
@TargetClass(className = "io.mirage4j.cstruct.HeapMemory")
final class HeapMemoryAheadOfTime {
    @Alias
    private static native long scalarSumOfInts(byte[] heap, int at, int len);

    @Substitute
    static long sumOfInts(byte[] heap, int at, int len) {
        return len >= NativeSums.WORTH_A_CALL
                ? NativeSums.sumOfWords(heap, at, len)
                : scalarSumOfInts(heap, at, len);
    }
}
