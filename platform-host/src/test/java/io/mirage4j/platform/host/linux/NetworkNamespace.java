// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of the test's own, with nothing in it. It goes away when it is closed.
final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /// Skips the test, with a line, where this can not be had.
    static NetworkNamespace create() throws Exception {
        Peers.requireNamespaces();
        String name = "mirage4j-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Process add = start("ip", "netns", "add", name);
        String said = new String(add.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (add.waitFor() != 0) throw Peers.missing("no network namespace: " + said.strip());
        return new NetworkNamespace(name);
    }

    /// Runs `ip ARGUMENTS` in the namespace.
    void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(arguments.split(" ")));
        run(command.toArray(String[]::new));
    }

    /// What `command` prints in the namespace.
    String exec(String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(Arrays.asList(command));
        return run(whole.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = start(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
        return said;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Calls `action` in a thread whose sockets and devices are the namespace's.
    <T> T in(Callable<T> action) throws Exception {
        var task =
                new FutureTask<>(
                        () -> {
                            enter();
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

    private void enter() throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle setns =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setns"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        var calls = new SystemCalls();
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            int fd =
                    CLibrary.check(
                            calls.open(
                                    arena.allocateFrom("/run/netns/" + name), O_RDONLY_CLOEXEC, 0),
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

    @Override
    public void close() throws Exception {
        run("ip", "netns", "del", name);
    }
}
