// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.Offload;
import io.mirage4j.solo5.virtio.PciBus;
import io.mirage4j.solo5.virtio.PciFunctions;
import io.mirage4j.solo5.virtio.VirtioBlock;
import io.mirage4j.solo5.virtio.VirtioNet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The devices of a manifest as virtio devices: the first network device is the first on the bus,
/// and so on; the same for block devices. A device is started when it is acquired.
final class VirtioDevices implements Devices {
    private static final FrameNote PLAIN = new FrameNote();

    private final Calls calls;
    private final PciBus bus;
    private final FrameNote unread = new FrameNote();
    private final int[] netFunctions;
    private final @Nullable VirtioNet[] nets;
    private final @Nullable VirtioBlock[] blocks;
    private final Window[] incoming;
    private final Window[] outgoing;

    /// Memory of a caller who keeps to one address, so that no frame costs an object.
    private final class Window {
        private long address;
        private Cstruct memory = Cstruct.empty();

        /// At least `octets` octets.
        Cstruct at(long address, long octets) {
            if (address != this.address || octets > memory.length()) {
                this.address = address;
                memory = bus.memory(address, (int) octets);
            }
            return memory;
        }
    }

    VirtioDevices(Calls calls, PciBus bus) {
        this.calls = calls;
        this.bus = bus;
        this.netFunctions = new int[calls.deviceCount()];
        this.nets = new VirtioNet[calls.deviceCount()];
        this.blocks = new VirtioBlock[calls.deviceCount()];
        this.incoming = windows();
        this.outgoing = windows();
    }

    private Window[] windows() {
        var windows = new Window[calls.deviceCount()];
        Arrays.setAll(windows, handle -> new Window());
        return windows;
    }

    @Override
    public void open(int handle) {
        boolean isNet = calls.deviceType(handle) == Calls.TYPE_NETWORK;
        List<Integer> functions = isNet ? PciFunctions.networks(bus) : PciFunctions.blocks(bus);
        String name = calls.deviceName(handle);
        int place = place(handle);
        if (place >= functions.size()) {
            throw new IllegalStateException(
                    "%s is %s device %d of the manifest, and the machine has %d over virtio"
                            .formatted(
                                    name,
                                    isNet ? "network" : "block",
                                    place + 1,
                                    functions.size()));
        }
        try {
            if (isNet) {
                netFunctions[handle] = functions.get(place);
                nets[handle] = start(handle, Set.of());
            } else {
                blocks[handle] = new VirtioBlock(bus, functions.get(place), handle, name);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private VirtioNet start(int handle, Set<Offload> receive) throws IOException {
        return new VirtioNet(bus, netFunctions[handle], handle, calls.deviceName(handle), receive);
    }

    /// Among the devices of the same type.
    private int place(int handle) {
        int place = 0;
        for (int before = 1; before < handle; before++) {
            place += calls.deviceType(before) == calls.deviceType(handle) ? 1 : 0;
        }
        return place;
    }

    private VirtioNet net(int handle) {
        return Objects.requireNonNull(nets[handle], "a network device that was not opened");
    }

    private VirtioBlock blockOf(int handle) {
        return Objects.requireNonNull(blocks[handle], "a block device that was not opened");
    }

    @Override
    public long networkMac(int handle) {
        return net(handle).mac();
    }

    @Override
    public int networkMtu(int handle) {
        return net(handle).mtu();
    }

    @Override
    public long blockCapacity(int handle) {
        return blockOf(handle).capacity();
    }

    @Override
    public int blockSize(int handle) {
        return blockOf(handle).blockSize();
    }

    @Override
    public Set<Offload> sendOffloads(int handle) {
        return net(handle).sendOffloads();
    }

    /// Starts the device again where something changes: features are agreed on before that.
    @Override
    public Set<Offload> receiveOffloads(int handle, Set<Offload> wanted) throws IOException {
        if (!net(handle).receiveOffloads().equals(wanted)) {
            nets[handle] = start(handle, wanted);
        }
        return net(handle).receiveOffloads();
    }

    @Override
    public int longestToSend(int handle) {
        return net(handle).longestToSend();
    }

    @Override
    public int longestToReceive(int handle) {
        return net(handle).longestToReceive();
    }

    @Override
    public long netRead(int handle, long address, long room) {
        return netRead(handle, address, room, unread);
    }

    @Override
    public int netWrite(int handle, long address, long octets) {
        return netWrite(handle, address, octets, PLAIN);
    }

    @Override
    public long netRead(int handle, long address, long room, FrameNote note) {
        try {
            int octets = net(handle).read(incoming[handle].at(address, room), note);
            return octets < 0 ? -AGAIN : octets;
        } catch (IOException e) {
            return -FAILED;
        }
    }

    @Override
    public int netWrite(int handle, long address, long octets, FrameNote note) {
        try {
            Cstruct frame = outgoing[handle].at(address, octets);
            return net(handle).write(frame, (int) octets, note) ? OK : AGAIN;
        } catch (IOException e) {
            return FAILED;
        }
    }

    @Override
    public void netFlush(int handle) {
        net(handle).flush();
    }

    @Override
    public int blockRead(int handle, long offset, long address, long octets) {
        try {
            return blockOf(handle).read(offset, address, octets) ? OK : FAILED;
        } catch (IOException e) {
            return FAILED;
        }
    }

    @Override
    public int blockWrite(int handle, long offset, long address, long octets) {
        try {
            return blockOf(handle).write(offset, address, octets) ? OK : FAILED;
        } catch (IOException e) {
            return FAILED;
        }
    }

    @Override
    public int blockFlush(int handle) {
        try {
            return blockOf(handle).flush() ? OK : FAILED;
        } catch (IOException e) {
            return FAILED;
        }
    }
}
