// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender.hvt;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.BlockDevice;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.tender.image.Manifest;
import io.mirage4j.tender.image.RefusedException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;

/// What is attached to a guest, by handle. Every device that its manifest declares has to be.
public final class Devices implements AutoCloseable {
    private static final int SMALLEST_SECTOR = 512;
    private static final int LARGEST_SECTOR = 32768;
    private static final int LARGEST_MTU = 65535 - NetDevice.HEADER_OCTETS;

    private final Manifest manifest;
    private final @Nullable NetPort[] ports = new NetPort[Manifest.MOST_ENTRIES];
    private final @Nullable Disk[] disks = new Disk[Manifest.MOST_ENTRIES];
    private final @Nullable MacAddress[] macs = new MacAddress[Manifest.MOST_ENTRIES];

    public Devices(Manifest manifest) {
        this.manifest = manifest;
    }

    /// Attaches an interface of the host.
    ///
    /// @param tap name of an interface, or `@NN`, an open descriptor
    public void attachTap(String name, String tap, @Nullable MacAddress mac)
            throws IOException, RefusedException {
        int handle = free(Manifest.Type.NETWORK, name);
        attach(handle, name, new TapPort(tap), mac != null ? mac : randomMac());
    }

    /// Attaches a network device of this JVM.
    ///
    /// @param mac null for the device's own
    public void attachNetwork(String name, NetDevice device, @Nullable MacAddress mac)
            throws RefusedException {
        int handle = free(Manifest.Type.NETWORK, name);
        attach(handle, name, new DevicePort(device), mac != null ? mac : device.mac());
    }

    private void attach(int handle, String name, NetPort port, MacAddress mac)
            throws RefusedException {
        ports[handle] = port;
        macs[handle] = mac;
        if (port.mtu() > LARGEST_MTU) {
            throw new RefusedException(
                    "network device '%s': MTU %d > %d; set a smaller one"
                            .formatted(name, port.mtu(), LARGEST_MTU));
        }
    }

    public void attachFile(String name, String path, int sectorOctets)
            throws IOException, RefusedException {
        int handle = free(Manifest.Type.BLOCK, name);
        attach(handle, name, new FileDisk(path, sectorOctets));
    }

    public void attachBlock(String name, BlockDevice device) throws RefusedException {
        int handle = free(Manifest.Type.BLOCK, name);
        attach(handle, name, new DeviceDisk(device));
    }

    private void attach(int handle, String name, Disk disk) throws RefusedException {
        disks[handle] = disk;
        int sector = disk.sectorOctets();
        if (sector < SMALLEST_SECTOR || sector > LARGEST_SECTOR || Integer.bitCount(sector) != 1) {
            throw new RefusedException(
                    "block device '%s': sectors of %d octets; give a power of two from %d to %d"
                            .formatted(name, sector, SMALLEST_SECTOR, LARGEST_SECTOR));
        }
        long capacity = disk.capacityOctets();
        if (capacity == 0 || capacity % sector != 0) {
            throw new RefusedException(
                    "block device '%s': %d octets are not one or more whole sectors of %d; use a file of such a length"
                            .formatted(name, capacity, sector));
        }
    }

    private int free(Manifest.Type type, String name) throws RefusedException {
        Manifest.Device device = manifest.device(type, name);
        if (device == null) {
            throw new RefusedException(
                    "%s '%s' is not in the manifest of the image, which has %s"
                            .formatted(
                                    type, name, manifest.devices().isEmpty() ? "none" : names()));
        }
        if (ports[device.handle()] != null || disks[device.handle()] != null) {
            throw new RefusedException("%s '%s' is attached twice; give one".formatted(type, name));
        }
        return device.handle();
    }

    private String names() {
        return String.join(
                ", ",
                manifest.devices().stream()
                        .map(device -> device.type() + " '" + device.name() + "'")
                        .toList());
    }

    /// Refuses to go on unless all that the manifest declares is attached.
    public void requireAll() throws RefusedException {
        for (Manifest.Device device : manifest.devices()) {
            if (ports[device.handle()] == null && disks[device.handle()] == null) {
                throw new RefusedException(
                        "%s '%s' is declared by the image but not attached; attach it by %s%2$s=%s"
                                .formatted(
                                        device.type(),
                                        device.name(),
                                        device.type().option(),
                                        device.type() == Manifest.Type.NETWORK ? "TAP" : "FILE"));
            }
        }
    }

    private static MacAddress randomMac() {
        long bits = new SecureRandom().nextLong() & 0xfcff_ffff_ffffL;
        return new MacAddress(bits | 0x0200_0000_0000L); // local, not a group
    }

    boolean hasNetwork() {
        for (NetPort port : ports) {
            if (port != null) return true;
        }
        return false;
    }

    @Nullable NetPort[] ports() {
        return ports;
    }

    @Nullable Disk[] disks() {
        return disks;
    }

    /// The manifest as the guest sees it.
    Cstruct fill(Manifest manifest) {
        Cstruct copy = manifest.copy();
        for (int handle = 0; handle < Manifest.MOST_ENTRIES; handle++) {
            NetPort port = ports[handle];
            MacAddress mac = macs[handle];
            if (port != null && mac != null) {
                Manifest.attachNetwork(copy, handle, mac, port.mtu());
            }
            Disk disk = disks[handle];
            if (disk != null) {
                Manifest.attachBlock(copy, handle, disk.capacityOctets(), disk.sectorOctets());
            }
        }
        return copy;
    }

    @Override
    public void close() {
        for (int handle = 0; handle < Manifest.MOST_ENTRIES; handle++) {
            NetPort port = ports[handle];
            if (port != null) {
                port.close();
            }
            Disk disk = disks[handle];
            if (disk != null) {
                disk.close();
            }
        }
    }
}
