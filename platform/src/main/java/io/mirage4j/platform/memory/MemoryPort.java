// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// One end of a [MemoryLink].
final class MemoryPort implements NetDevice {
    private final MacAddress mac;
    private final int mtu;
    private final MemoryLane in;
    private final MemoryLane out;
    private final FrameNote plain = new FrameNote();

    /// How many frames of `in` were handed out, and go back with the next poll.
    private int held;

    MemoryPort(MacAddress mac, int mtu, MemoryLane in, MemoryLane out) {
        this.mac = mac;
        this.mtu = mtu;
        this.in = in;
        this.out = out;
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
    public int maxFrameOctets() {
        return out.slotOctets;
    }

    @Override
    public Set<Offload> sendOffloads() {
        return out.accepted;
    }

    @Override
    public Set<Offload> receiveOffloads(Set<Offload> wanted) {
        Set<Offload> possible = in.possible(wanted, mtu + HEADER_OCTETS);
        in.accepted = possible;
        return possible;
    }

    @Override
    public @Nullable Cstruct poll() {
        releaseHeld();
        if (!in.has(0)) return null;
        held = 1;
        return in.frame(0);
    }

    @Override
    public @Nullable Cstruct poll(FrameNote note) {
        Cstruct frame = poll();
        if (frame == null) {
            note.clear();
        } else {
            note.copyFrom(in.note(0));
        }
        return frame;
    }

    @Override
    public int poll(FrameBatch batch) {
        releaseHeld();
        batch.clear();
        while (!batch.isFull() && in.has(held)) {
            batch.nextNote().copyFrom(in.note(held));
            batch.add(in.frame(held));
            held++;
        }
        return held;
    }

    private void releaseHeld() {
        if (held == 0) return;
        in.release(held);
        held = 0;
    }

    @Override
    public boolean hasRoom() {
        return out.hasRoom();
    }

    @Override
    public Cstruct slot() {
        return out.slot();
    }

    @Override
    public void commit(int len) {
        commit(len, plain);
    }

    @Override
    public void commit(int len, FrameNote note) {
        checkCommit(len, note);
        out.commit(len, note);
    }
}
