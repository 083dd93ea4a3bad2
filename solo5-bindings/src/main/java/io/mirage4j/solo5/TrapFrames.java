// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import com.oracle.svm.core.SubstrateSegfaultHandler;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.stack.ThreadStackPrinter;
import com.oracle.svm.core.stack.ThreadStackPrinter.StackFramePrintVisitor;

import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.Isolate;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;

/// Where C asks, when a trap ends the guest, which methods of Java it happened in. The thread is in
/// the middle of something, so nothing is entered the usual way and nothing is allocated; if this
/// traps too, the report ends with what was there.
final class TrapFrames {
    /// Made with the image.
    private static final StackFramePrintVisitor VISITOR = new StackFramePrintVisitor();

    /// The first try: a later one would print less, in case it was printing that failed.
    private static final int IN_FULL = 1;

    @CEntryPoint(name = "mirage_trap")
    @CEntryPointOptions(
            prologue = CEntryPointOptions.NoPrologue.class,
            epilogue = CEntryPointOptions.NoEpilogue.class)
    @Uninterruptible(reason = "the thread trapped and may be in any state")
    static void print(Isolate isolate, Pointer stackPointer, CodePointer instruction) {
        SubstrateSegfaultHandler.enterIsolateAsyncSignalSafe(isolate);
        // The report has a stack of its own, which is none of the thread's.
        StackOverflowCheck.singleton().disableStackOverflowChecksForFatalError();
        printFrames(stackPointer, instruction);
    }

    @Uninterruptible(reason = "from a trap", calleeMustBe = false)
    private static void printFrames(Pointer stackPointer, CodePointer instruction) {
        ThreadStackPrinter.printStacktrace(
                CurrentIsolate.getCurrentThread(),
                stackPointer,
                instruction,
                VISITOR.reset(IN_FULL),
                Log.log());
    }

    private TrapFrames() {}
}
