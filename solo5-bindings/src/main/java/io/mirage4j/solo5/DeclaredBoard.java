// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;

/// The [Board] as declared programs know it: devices by what was declared, whatever is below.
final class DeclaredBoard implements io.mirage4j.platform.unikernel.Board {
    private final Board board = Board.current();
    private final Console console = board.console();

    @Override
    public Console console() {
        return console;
    }

    @Override
    public Clock clock() {
        return board.clock();
    }

    @Override
    public Entropy entropy() {
        return board.entropy();
    }

    @Override
    public NetDevice open(Network device) throws IOException {
        try {
            return board.network(device.name());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public BlockDevice open(Block device) throws IOException {
        try {
            return board.block(device.name());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void await(NetDevice port, long deadlineNanos) {
        if (!(port instanceof BoardNetDevice ours)) {
            throw new IllegalArgumentException(port + " is no device of this board");
        }
        ours.await(deadlineNanos);
    }
}
