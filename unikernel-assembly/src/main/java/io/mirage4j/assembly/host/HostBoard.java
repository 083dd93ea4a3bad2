// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.assembly.host;

import io.mirage4j.assembly.run.Wiring;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Transport;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostConsole;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.file.DirectoryKv;
import io.mirage4j.platform.host.linux.FileBlockDevice;
import io.mirage4j.platform.host.linux.FileBlockDevice.Option;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.platform.host.loop.Waitable;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.host.net.PasstDevice;
import io.mirage4j.platform.unikernel.Block;
import io.mirage4j.platform.unikernel.Board;
import io.mirage4j.platform.unikernel.Network;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// A board that is a JVM: its console and clock; TAP interfaces or passt for its ports, and where
/// nothing is attached the kernel's sockets instead; files for its sectors.
final class HostBoard implements Board {
    private static final String PASST = "passt:";
    private static final int FILE_SECTOR = 4096;

    private final Console console = new HostConsole();
    private final Clock clock = new HostClock();
    private final Entropy entropy = new HostEntropy();
    private final Map<NetDevice, Sleeper> sleepers = new ConcurrentHashMap<>();
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
        String tap = wiring.networks().get(device.name());
        if (tap == null) throw nothingBehind("network", device.name(), "--net:", "TAP");
        Waitable port;
        if (tap.startsWith(PASST)) {
            Path socket = Path.of(tap.substring(PASST.length()));
            port = PasstDevice.connect(socket, mac(device.name()));
        } else {
            TapDevice opened = TapDevice.open(tap, mac(device.name()));
            opened.up();
            port = opened;
        }
        return port;
    }

    @Override
    public Executor drive(Engine engine, NetDevice port) throws IOException {
        return HostLoop.start("network", engine, port, clock);
    }

    @Override
    public Optional<Transport> transport(Network device) {
        return wiring.networks().containsKey(device.name())
                ? Optional.empty()
                : Optional.of(new HostTransport());
    }

    @Override
    public Optional<Kv> directory(String path) throws IOException {
        try {
            return Optional.of(DirectoryKv.open(Path.of(path)));
        } catch (FileSystemException e) {
            throw new IOException("no such folder: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<BlockDevice> file(String path, long octets) throws IOException {
        Path file = Path.of(path);
        if (Files.exists(file)) {
            return Optional.of(FileBlockDevice.open(file, FILE_SECTOR, Option.EXCLUSIVE));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolders(folder);
        }
        long sectors = Math.max(1, octets / FILE_SECTOR);
        return Optional.of(FileBlockDevice.create(file, FILE_SECTOR, sectors, Option.EXCLUSIVE));
    }

    private static void makeFolders(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileSystemException e) {
            // It says which one, and not always why.
            throw new IOException("a folder can not be made: " + e.getMessage(), e);
        }
    }

    private MacAddress mac(String device) {
        MacAddress chosen = wiring.macs().get(device);
        if (chosen != null) return chosen;
        // IEEE 802, 8.2: locally administered, of one station.
        return new MacAddress((entropy.nextLong() & 0xfcff_ffff_ffffL) | 0x0200_0000_0000L);
    }

    @Override
    public BlockDevice open(Block device) throws IOException {
        Path file = wiring.blocks().get(device.name());
        if (file == null) throw nothingBehind("block", device.name(), "--block:", "FILE");
        int sector = wiring.sectorSizes().getOrDefault(device.name(), 512);
        return device.isExclusive()
                ? FileBlockDevice.open(file, sector, Option.EXCLUSIVE)
                : FileBlockDevice.open(file, sector);
    }

    @Override
    public Optional<BlockDevice> openOptional(Block device) throws IOException {
        return wiring.blocks().containsKey(device.name())
                ? Board.super.openOptional(device)
                : Optional.empty();
    }

    @Override
    public void await(NetDevice port, long deadlineNanos) {
        if (!(port instanceof Waitable waitable)) {
            throw new IllegalArgumentException(port + " is no device of this board");
        }
        try {
            Sleeper sleeper = sleepers.get(port);
            if (sleeper == null) {
                sleeper = waitable.sleeper();
                sleepers.put(port, sleeper);
            }
            sleeper.sleep(Math.max(1, deadlineNanos - clock.nanoTime()));
        } catch (IOException e) {
            // The device is gone, as the next poll will say.
        }
    }

    private static IOException nothingBehind(
            String kind, String device, String option, String thing) {
        return new IOException(
                "%s device %s has nothing behind it: give %s%s=%s"
                        .formatted(kind, device, option, device, thing));
    }
}
