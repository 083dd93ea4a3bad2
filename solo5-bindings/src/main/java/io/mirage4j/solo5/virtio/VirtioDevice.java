// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5.virtio;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.Fences;

import java.io.IOException;
import java.lang.foreign.Arena;

/// A virtio 1.x device behind PCI (virtio 1.2, 4.1): found by its capabilities, agreed with about
/// features, given its queues, and notified.
final class VirtioDevice {
    static final int EVENT_IDX = 29;

    private static final int VERSION_1 = 32;

    /* The common configuration. */
    private static final int DEVICE_FEATURE_SELECT = 0;
    private static final int DEVICE_FEATURE = 4;
    private static final int DRIVER_FEATURE_SELECT = 8;
    private static final int DRIVER_FEATURE = 12;
    private static final int CONFIG_VECTOR = 16;
    private static final int STATUS = 20;
    private static final int CONFIG_GENERATION = 21;
    private static final int QUEUE_SELECT = 22;
    private static final int QUEUE_SIZE = 24;
    private static final int QUEUE_VECTOR = 26;
    private static final int QUEUE_ENABLE = 28;
    private static final int QUEUE_NOTIFY_OFF = 30;
    private static final int QUEUE_DESCRIPTORS = 32;
    private static final int QUEUE_AVAILABLE = 40;
    private static final int QUEUE_USED = 48;
    private static final int COMMON_OCTETS = 56;

    private static final int ACKNOWLEDGE = 1;
    private static final int DRIVER = 2;
    private static final int DRIVER_OK = 4;
    private static final int FEATURES_OK = 8;
    private static final int FAILED = 128;

    private static final int NO_VECTOR = 0xffff;
    private static final int PATIENCE = 1_000_000;

    private final Cstruct common;
    private final Cstruct configuration;
    private final Cstruct notify;
    private final int notifyMultiplier;
    private final String name;
    private int status;
    private long features;

    /// Resets the device of a function.
    VirtioDevice(PciBus bus, int function, String name) throws IOException {
        var capabilities = VirtioCapabilities.read(bus, function, name);
        this.name = name;
        this.common = capabilities.common();
        this.configuration = capabilities.configuration();
        this.notify = capabilities.notification();
        this.notifyMultiplier = capabilities.notifyMultiplier();
        if (common.length() < COMMON_OCTETS) {
            throw failed("a common configuration of " + common.length() + " octets");
        }
        common.putU8(STATUS, 0);
        Fences.full();
        for (int i = 0; common.u8(STATUS) != 0; i++) {
            if (i == PATIENCE) throw failed("no end of its reset");
            Fences.full();
        }
        setStatus(ACKNOWLEDGE | DRIVER);
    }

    /// Takes those of the `wanted` features that the device offers, a bit each.
    long negotiate(long wanted) throws IOException {
        features = offered() & (wanted | 1L << VERSION_1);
        if (!has(VERSION_1)) throw failed("no virtio 1.0, only its legacy");
        for (int half = 0; half < 2; half++) {
            common.putU32le(DRIVER_FEATURE_SELECT, half);
            Fences.full();
            common.putU32le(DRIVER_FEATURE, (int) (features >>> (32 * half)));
            Fences.full();
        }
        setStatus(status | FEATURES_OK);
        if ((common.u8(STATUS) & FEATURES_OK) == 0) {
            throw failed("refuses the features 0x" + Long.toHexString(features));
        }
        return features;
    }

    /// What the device offers, a bit each.
    long offered() {
        long offered = 0;
        for (int half = 0; half < 2; half++) {
            common.putU32le(DEVICE_FEATURE_SELECT, half);
            Fences.full();
            offered |= (common.u32le(DEVICE_FEATURE) & 0xffffffffL) << (32 * half);
        }
        return offered;
    }

    boolean has(int feature) {
        return (features >>> feature & 1) != 0;
    }

    /// Sets queue `index` up with up to `most` descriptors, and with interrupts.
    Virtqueue queue(int index, int most) throws IOException {
        common.putU16le(QUEUE_SELECT, index);
        Fences.full();
        int size = Integer.highestOneBit(Math.min(common.u16le(QUEUE_SIZE), most));
        if (size < 2) throw failed("queue " + index + " has room for " + size);
        var queue = new Virtqueue(Arena.ofAuto(), size, has(EVENT_IDX));
        common.putU16le(QUEUE_SIZE, size);
        putAddress(QUEUE_DESCRIPTORS, queue.descriptors());
        putAddress(QUEUE_AVAILABLE, queue.available());
        putAddress(QUEUE_USED, queue.used());
        common.putU16le(CONFIG_VECTOR, NO_VECTOR);
        common.putU16le(QUEUE_VECTOR, 0);
        Fences.full();
        if (common.u16le(QUEUE_VECTOR) != 0) throw failed("queue " + index + " gets no interrupt");
        common.putU16le(QUEUE_ENABLE, 1);
        Fences.full();
        return queue;
    }

    /// Where [#notify] of a queue goes to.
    int notifyOffset(int index) throws IOException {
        common.putU16le(QUEUE_SELECT, index);
        Fences.full();
        long offset = (long) common.u16le(QUEUE_NOTIFY_OFF) * notifyMultiplier;
        if (offset < 0 || offset > notify.length() - 2) {
            throw failed("queue " + index + " is notified at " + offset + " > " + notify.length());
        }
        return (int) offset;
    }

    /// From now on the device works.
    void start() {
        setStatus(status | DRIVER_OK);
    }

    /// Tells the device that there is something in a queue.
    void notify(int index, int offset) {
        notify.putU16le(offset, index);
    }

    /// What the device says about itself, `octets` of it, all of one moment.
    byte[] configuration(int octets) throws IOException {
        if (octets > configuration.length()) {
            throw failed("a configuration of " + configuration.length() + " octets < " + octets);
        }
        for (int i = 0; i < PATIENCE; i++) {
            int generation = common.u8(CONFIG_GENERATION);
            Fences.full();
            byte[] all = new byte[octets];
            for (int k = 0; k < octets; k++) {
                all[k] = configuration.s8(k);
            }
            Fences.full();
            if (common.u8(CONFIG_GENERATION) == generation) return all;
        }
        throw failed("a configuration that never rests");
    }

    /// Gives the device up, and says why.
    IOException failed(String why) {
        setStatus(status | FAILED);
        return new IOException("virtio device " + name + ": " + why);
    }

    private void setStatus(int bits) {
        status = bits;
        Fences.full();
        common.putU8(STATUS, bits);
        Fences.full();
    }

    private void putAddress(int at, Cstruct memory) {
        long address = memory.asSegment().address();
        common.putU32le(at, (int) address);
        common.putU32le(at + 4, (int) (address >>> 32));
    }
}
