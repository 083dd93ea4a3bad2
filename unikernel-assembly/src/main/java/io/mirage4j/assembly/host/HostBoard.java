// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.host;

import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostConsole;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// A board that is a JVM: its console and clock, and files for its sectors.
final class HostBoard implements Board {
    private final Console console = new HostConsole();
    private final Clock clock = new HostClock();
    private final Entropy entropy = new HostEntropy();
    private final Wiring wiring;

    HostBoard(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }

    @Override
    public NetDevice open(Network device) throws IOException {
        throw new IOException(
                "network device "
                        + device.name()
                        + ": a host gives no frames yet; run it as spt or hvt");
    }

    @Override
    public BlockDevice open(Block device) throws IOException {
        Path file = wiring.blocks().get(device.name());
        if (file == null) {
            throw new IOException(
                    "block device "
                            + device.name()
                            + " has nothing behind it: give --block:"
                            + device.name()
                            + "=FILE");
        }
        return new FileBlockDevice(file, wiring.sectorSizes().getOrDefault(device.name(), 512));
    }

    @Override
    public void await(NetDevice port, long deadlineNanos) {
        LockSupport.parkNanos(this, deadlineNanos - clock.nanoTime());
    }
}
