// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.unikernel.Board;

import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.function.CEntryPoint;

import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Where C enters Java: runs the program that [ProgramFeature] bound, with the words of the guest's
/// command line, and gives back its exit status.
final class Start {
    private static final int FAILED = 1;

    /// `void main(String[])` of the program. A constant of the image, so that it is called, not
    /// looked up.
    private static final MethodHandle MAIN = ProgramFeature.main();

    @CEntryPoint(name = "mirage_main")
    static int main(IsolateThread thread) {
        try {
            PrintStream console =
                    new PrintStream(
                            new ConsoleStream(new NativeCalls()), true, StandardCharsets.UTF_8);
            System.setOut(console);
            System.setErr(console);
            BoardRandom.install();
            Board.install(new DeclaredBoard());
            String commandLine = NativeCalls.commandLine();
            MAIN.invokeExact(CommandLine.words(commandLine));
            return 0;
        } catch (Throwable uncaught) {
            Thread main = Thread.currentThread();
            main.getUncaughtExceptionHandler().uncaughtException(main, uncaught);
            return FAILED;
        }
    }

    private Start() {}
}
