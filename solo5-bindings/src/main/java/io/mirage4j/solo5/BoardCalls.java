// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import static org.graalvm.nativeimage.c.function.CFunction.Transition.NO_TRANSITION;
import static org.graalvm.nativeimage.c.function.CFunction.Transition.TO_NATIVE;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.PointerBase;

/// The boot layer's functions, as `boot/common/*.h` declares them. What may let other threads run is called with a
/// transition, so that the collector need not wait for the caller; the rest is a plain call.
final class BoardCalls {
    @CFunction(value = "board_console_write", transition = NO_TRANSITION)
    static native void consoleWrite(PointerBase text, long octets);

    @CFunction(value = "board_command_line", transition = NO_TRANSITION)
    static native CCharPointer commandLine();

    private BoardCalls() {}
}
