// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Engine;

import java.io.IOException;
import java.util.concurrent.Executor;

/// Starts what drives an engine on its device: on a JVM a loop in a thread of its own, in a
/// unikernel that of the board.
@FunctionalInterface
public interface Driver {
    /// Begins to drive `engine`, and returns the way to it: an executor that runs tasks one at a
    /// time where it calls the engine, and calls [Engine#advance] after them. What it refuses, with
    /// a [java.util.concurrent.RejectedExecutionException], it will never run. If it is
    /// [java.io.Closeable], [Sockets#close] closes it.
    ///
    /// @throws IOException if the engine can not be driven
    Executor drive(Engine engine) throws IOException;
}
