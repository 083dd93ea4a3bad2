// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.mirage4j.testing.NetworkNamespace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Calls in a thread whose sockets and devices are those of a namespace.
final class NamespaceThread {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;

    static <T> T call(NetworkNamespace namespace, Callable<T> action) throws Exception {
        var task =
                new FutureTask<>(
                        () -> {
                            enter(namespace);
                            return action.call();
                        });
        // A thread of the operating system, which ends with the namespace it has got.
        Thread.ofPlatform().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void enter(NetworkNamespace namespace) throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle setns =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setns"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        var calls = new SystemCalls();
        try (var arena = Arena.ofConfined()) {
            int fd =
                    CLibrary.check(
                            calls.open(
                                    arena.allocateFrom("/run/netns/" + namespace.name()),
                                    O_RDONLY_CLOEXEC,
                                    0),
                            "open namespace");
            int result = (int) setns.invokeExact(fd, CLONE_NEWNET);
            calls.close(fd);
            if (result != 0) throw new IOException("setns failed");
        } catch (Exception e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private NamespaceThread() {}
}
