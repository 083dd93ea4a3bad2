// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Transport;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What a program stands on: all of the world that it is given. In an image that is the board below
/// it, on a JVM what stands in for one, in a test the doubles in memory.
public interface Board {
    Console console();

    Clock clock();

    Entropy entropy();

    /// The port behind a declared name. Asked for once.
    ///
    /// @throws IOException if there is nothing behind the name
    NetDevice open(Network device) throws IOException;

    /// The sectors behind a declared name. Asked for once.
    ///
    /// @throws IOException if there is nothing behind the name
    BlockDevice open(Block device) throws IOException;

    /// The sectors behind a name that need not have any; empty where there is nothing. Where each
    /// device of an image has to have something behind it, a single sector stands for nothing.
    ///
    /// @throws IOException if what is behind the name can not be opened
    default Optional<BlockDevice> openOptional(Block device) throws IOException {
        BlockDevice sectors = open(device);
        return sectors.sectors() > 1 ? Optional.of(sectors) : Optional.empty();
    }

    /// Blocks the calling thread until `port`, which was opened here, may have a frame, or until
    /// `deadlineNanos` of the clock. It may return for nothing.
    void await(NetDevice port, long deadlineNanos);

    /// Drives `engine` on `port`, which was opened here, in a thread of the board's, and returns
    /// the way to it: an executor that runs tasks one at a time where it calls the engine, and
    /// calls [Engine#advance] after them. What it refuses, with a
    /// [java.util.concurrent.RejectedExecutionException], it will never run. If it is
    /// [java.io.Closeable], to close it ends the driving.
    ///
    /// @throws IOException if the port can not be waited for
    Executor drive(Engine engine, NetDevice port) throws IOException;

    /// The sockets of a system below that stand in for `device`: those of the kernel under a JVM
    /// whose user put no port there. Empty where the program has to bring a stack.
    default Optional<Transport> transport(Network device) {
        return Optional.empty();
    }

    /// A directory of a system below, by a path in its words; empty where there are none, as in an
    /// image.
    ///
    /// @throws IOException if there are directories, but `path` is none of them
    default Optional<Kv> directory(String path) throws IOException {
        return Optional.empty();
    }

    /// A file of a system below as sectors, made with its folders where it is not there yet; it
    /// takes up no more room than was written to it. It is the caller's alone, until it is closed
    /// as [java.io.Closeable] or the program ends. Empty where there are no files, as in an image.
    ///
    /// @throws IOException if it can be neither opened nor made, or is somebody's already
    default Optional<BlockDevice> file(String path, long octets) throws IOException {
        return Optional.empty();
    }

    /// What [Declaration#main] runs programs on. Whoever starts programs calls this once, before
    /// `main`: the boot layer of an image, the launcher of a host.
    static void install(Board board) {
        CurrentBoard.install(board);
    }
}
