// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/// The one body of the JDK's `Continuation` that is another in an image. A virtual thread that goes
/// on is mounted on its carrier, a platform thread, and this is the way of all of them. Nothing
/// takes the processor from the carrier, so before it goes on with the next it lets every platform
/// thread have its turn: else a virtual thread that yields in a loop, or two that wake each other,
/// would keep those from running for ever.
@TargetClass(className = "jdk.internal.vm.Continuation")
final class ContinuationAheadOfTime {
    @Alias volatile boolean mounted;

    /// Threads take turns, so between the look and the store nobody else runs.
    @Substitute
    void mount() {
        if (mounted) throw new IllegalStateException("mounted already");
        mounted = true;
        NativeCalls.giveTurns();
    }
}
