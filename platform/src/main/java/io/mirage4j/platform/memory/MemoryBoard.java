// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Transport;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Network;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// A board of doubles: a console that is a text, a clock that stands until somebody waits, the
/// devices that a test attaches.
public final class MemoryBoard implements Board {
    private final MemoryConsole console = new MemoryConsole();
    private final VirtualClock clock = new VirtualClock();
    private final SeededEntropy entropy = new SeededEntropy(1);
    private final Map<String, NetDevice> networks = new HashMap<>();
    private final Map<String, BlockDevice> blocks = new HashMap<>();
    private final Map<String, Transport> transports = new HashMap<>();
    private final Map<String, Kv> directories = new HashMap<>();

    /// Puts a port behind a name.
    public MemoryBoard attach(String name, NetDevice device) {
        networks.put(name, device);
        return this;
    }

    /// Puts sectors behind a name.
    public MemoryBoard attach(String name, BlockDevice device) {
        blocks.put(name, device);
        return this;
    }

    /// Puts sockets behind a name.
    public MemoryBoard attach(String name, Transport transport) {
        transports.put(name, transport);
        return this;
    }

    /// Puts a directory at a path.
    public MemoryBoard attach(String path, Kv directory) {
        directories.put(path, directory);
        return this;
    }

    /// All that was written to the console.
    public String text() {
        return console.text();
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
        return given(networks.get(device.name()), device.name());
    }

    @Override
    public BlockDevice open(Block device) throws IOException {
        return given(blocks.get(device.name()), device.name());
    }

    @Override
    public Optional<BlockDevice> openOptional(Block device) {
        return Optional.ofNullable(blocks.get(device.name()));
    }

    /// The time is then `deadlineNanos`: nothing comes in while a test waits.
    @Override
    public void await(NetDevice port, long deadlineNanos) {
        clock.advanceTo(Math.max(deadlineNanos, clock.nanoTime()));
    }

    /// Has no thread for it: attach a [Transport], or drive the engine in the test.
    @Override
    public Executor drive(Engine engine, NetDevice port) {
        throw new UnsupportedOperationException("a board in memory drives no engine");
    }

    @Override
    public Optional<Transport> transport(Network device) {
        return Optional.ofNullable(transports.get(device.name()));
    }

    @Override
    public Optional<Kv> directory(String path) {
        return Optional.ofNullable(directories.get(path));
    }

    private static <T> T given(@Nullable T device, String name) throws IOException {
        if (device == null) throw new IOException("nothing is attached as '" + name + "'");
        return device;
    }
}
