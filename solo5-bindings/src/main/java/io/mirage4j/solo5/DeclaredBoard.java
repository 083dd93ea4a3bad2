// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;
import java.util.concurrent.Executor;

/// The [Machine] as declared programs know it: devices by what was declared, whatever is below.
final class DeclaredBoard implements Board {
    private final Machine machine = Machine.current();
    private final Console console = machine.console();

    @Override
    public Console console() {
        return console;
    }

    @Override
    public Clock clock() {
        return machine.clock();
    }

    @Override
    public Entropy entropy() {
        return machine.entropy();
    }

    @Override
    public NetDevice open(Network device) throws IOException {
        try {
            return machine.network(device.name());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public BlockDevice open(Block device) throws IOException {
        try {
            return machine.block(device.name());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void await(NetDevice port, long deadlineNanos) {
        ours(port).await(deadlineNanos);
    }

    @Override
    public Executor drive(Engine engine, NetDevice port) {
        return ours(port).drive(engine, machine.clock());
    }

    private static BoardNetDevice ours(NetDevice port) {
        if (!(port instanceof BoardNetDevice ours)) {
            throw new IllegalArgumentException(port + " is no device of this machine");
        }
        return ours;
    }
}
