// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

import org.jspecify.annotations.Nullable;

/// One end of a [FaultyLink].
final class FaultyPort implements NetDevice {
    private static final FrameNote PLAIN = new FrameNote();

    private final MacAddress mac;
    private final int mtu;
    private final FaultyLane in;
    private final FaultyLane out;
    private final Cstruct slot;

    FaultyPort(MacAddress mac, int mtu, FaultyLane in, FaultyLane out) {
        this.mac = mac;
        this.mtu = mtu;
        this.in = in;
        this.out = out;
        slot = Cstruct.create(mtu + HEADER_OCTETS);
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public @Nullable Cstruct poll() {
        return in.poll();
    }

    @Override
    public int poll(FrameBatch batch) {
        batch.clear();
        for (Cstruct frame; !batch.isFull() && (frame = in.poll()) != null; ) {
            batch.nextNote().clear();
            batch.add(frame);
        }
        return batch.size();
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public Cstruct slot() {
        return slot;
    }

    @Override
    public void commit(int len) {
        checkCommit(len, PLAIN);
        out.send(slot.toByteArray(0, len));
    }
}
