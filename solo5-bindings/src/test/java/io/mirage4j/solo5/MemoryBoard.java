// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.solo5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// A board in memory: a manifest, cables to other boards, disks, a console that is kept. A faulty
/// one can be told to fail.
final class MemoryBoard implements Calls {
    static final int MTU = 1500;
    static final int BLOCK_SIZE = 512;

    private sealed interface Device {
        String name();
    }

    private record Port(String name, long mac, Queue<byte[]> incoming) implements Device {}

    private record Disk(String name, byte[] octets) implements Device {}

    private static final AtomicLong ports = new AtomicLong();

    private final List<Device> devices = new ArrayList<>();
    private final Random random = new Random(7);
    final StringBuilder console = new StringBuilder();
    boolean hasRdseed = true;
    boolean hasRdrand = true;
    boolean rdseedIsStuck;
    boolean ticksAreRegular;
    boolean unattached;
    int flushes;
    int failWith;
    int exitStatus = -1;
    long ready;
    private Queue<byte[]> other = new ArrayDeque<>();
    private long ticks;
    private long wanted;

    MemoryBoard port(String name) {
        long mac = 0x02_00_00_00_00_00L + ports.incrementAndGet();
        devices.add(new Port(name, mac, new ConcurrentLinkedQueue<>()));
        return this;
    }

    MemoryBoard disk(String name, int blocks) {
        devices.add(new Disk(name, new byte[blocks * BLOCK_SIZE]));
        return this;
    }

    /// Joins the first port of this board to that of `peer`; both ways take two calls.
    void sendTo(MemoryBoard peer) {
        other = ((Port) peer.devices.getFirst()).incoming();
    }

    void receive(byte[] frame) {
        ((Port) devices.getFirst()).incoming().add(frame);
    }

    @Override
    public void consoleWrite(long address, long octets) {
        byte[] text = at(address, octets).toArray(ValueLayout.JAVA_BYTE);
        console.append(new String(text, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public long clockMonotonic() {
        return System.nanoTime() & Long.MAX_VALUE;
    }

    @Override
    public long clockWall() {
        return System.currentTimeMillis() * 1_000_000;
    }

    @Override
    public void exit(int status) {
        exitStatus = status;
    }

    @Override
    public void abort() {
        exitStatus = 255;
    }

    @Override
    public int deviceCount() {
        return devices.size() + 1;
    }

    @Override
    public String deviceName(int handle) {
        return devices.get(handle - 1).name();
    }

    @Override
    public int deviceType(int handle) {
        return devices.get(handle - 1) instanceof Port ? TYPE_NETWORK : TYPE_BLOCK;
    }

    @Override
    public void open(int handle) {
        if (unattached) {
            throw new IllegalStateException("device " + deviceName(handle) + " is not attached");
        }
    }

    @Override
    public boolean hasPci() {
        return false;
    }

    @Override
    public int blockFlush(int handle) {
        flushes++;
        return failWith;
    }

    @Override
    public long networkMac(int handle) {
        return ((Port) devices.get(handle - 1)).mac();
    }

    @Override
    public int networkMtu(int handle) {
        return MTU;
    }

    @Override
    public long blockCapacity(int handle) {
        return disk(handle).length;
    }

    @Override
    public int blockSize(int handle) {
        return BLOCK_SIZE;
    }

    @Override
    public long netRead(int handle, long address, long room) {
        if (failWith != 0) return -failWith;
        byte[] frame = ((Port) devices.get(handle - 1)).incoming().poll();
        if (frame == null) return -AGAIN;
        at(address, room).asSlice(0, frame.length).copyFrom(MemorySegment.ofArray(frame));
        return frame.length;
    }

    @Override
    public int netWrite(int handle, long address, long octets) {
        if (failWith == 0) {
            other.add(at(address, octets).toArray(ValueLayout.JAVA_BYTE));
        }
        return failWith;
    }

    @Override
    public void netFlush(int handle) {}

    @Override
    public int blockRead(int handle, long offset, long address, long octets) {
        if (failWith == 0) {
            at(address, octets)
                    .copyFrom(MemorySegment.ofArray(disk(handle)).asSlice(offset, octets));
        }
        return failWith;
    }

    @Override
    public int blockWrite(int handle, long offset, long address, long octets) {
        if (failWith == 0) {
            MemorySegment.ofArray(disk(handle))
                    .asSlice(offset, octets)
                    .copyFrom(at(address, octets));
        }
        return failWith;
    }

    @Override
    public long devicesWait(long set, long deadline) {
        return set & ready;
    }

    @Override
    public void devicesWake(long set) {}

    @Override
    public synchronized void devicesWant(long set) {
        wanted |= set;
        notifyAll();
    }

    /// What is wanted is ready at once.
    @Override
    public synchronized long devicesWanted() {
        try {
            while (wanted == 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        long ready = wanted;
        wanted = 0;
        return ready;
    }

    @Override
    public long memory(int which) {
        return new long[] {1000, 100, 10, 500}[which];
    }

    @Override
    public long enteredAt() {
        return 5;
    }

    @Override
    public boolean hasRdseed() {
        return hasRdseed;
    }

    @Override
    public boolean hasRdrand() {
        return hasRdrand;
    }

    @Override
    public int rdseed(long address) {
        at(address, Long.BYTES)
                .set(ValueLayout.JAVA_LONG, 0, rdseedIsStuck ? -1 : random.nextLong());
        return 1;
    }

    @Override
    public int rdrand(long address) {
        at(address, Long.BYTES).set(ValueLayout.JAVA_LONG, 0, random.nextLong());
        return 1;
    }

    @Override
    public long ticks() {
        ticks += ticksAreRegular ? 40 : 40 + random.nextInt(16);
        return ticks;
    }

    private byte[] disk(int handle) {
        return ((Disk) devices.get(handle - 1)).octets();
    }

    private static MemorySegment at(long address, long octets) {
        return MemorySegment.ofAddress(address).reinterpret(octets);
    }
}
