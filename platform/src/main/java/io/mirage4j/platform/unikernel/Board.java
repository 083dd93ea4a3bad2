// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.unikernel;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.NetDevice;

import java.io.IOException;

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

    /// Blocks the calling thread until `port`, which was opened here, may have a frame, or until
    /// `deadlineNanos` of the clock. It may return for nothing.
    void await(NetDevice port, long deadlineNanos);

    /// What [Declaration#main] runs programs on. Whoever starts programs calls this once, before
    /// `main`: the boot layer of an image, the launcher of a host.
    static void install(Board board) {
        CurrentBoard.install(board);
    }
}
