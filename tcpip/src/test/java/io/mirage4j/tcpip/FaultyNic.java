// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Random;

/// A port that loses, doubles and reorders frames of another one, both ways: netem where the kernel
/// has none.
final class FaultyNic implements NetDevice {
    private static final double LOSS = 0.01;
    private static final double DUPLICATION = 0.01;
    private static final double REORDERING = 0.05;

    private final NetDevice nic;
    private final Random random;

    /// To come after the next frame, or where there is none.
    private @Nullable Cstruct heldBack;

    FaultyNic(NetDevice nic, long seed) {
        this.nic = nic;
        random = new Random(seed);
    }

    private boolean happens(double share) {
        return random.nextDouble() < share;
    }

    @Override
    public @Nullable Cstruct poll() throws IOException {
        Cstruct frame;
        while ((frame = nic.poll()) != null && heldBack == null) {
            if (happens(LOSS)) continue;
            boolean doubled = happens(DUPLICATION);
            if (doubled || happens(REORDERING)) {
                heldBack = Cstruct.of(frame.toByteArray());
            }
            if (doubled || heldBack == null) return frame;
        }
        if (frame == null) {
            frame = heldBack;
            heldBack = null;
        }
        return frame;
    }

    @Override
    public void commit(int len) throws IOException {
        if (happens(LOSS)) return;
        byte[] copy = slot().toByteArray(0, len);
        nic.commit(len);
        if (happens(DUPLICATION) && nic.hasRoom()) {
            nic.slot().put(0, copy);
            nic.commit(len);
        }
    }

    @Override
    public MacAddress mac() {
        return nic.mac();
    }

    @Override
    public int mtu() {
        return nic.mtu();
    }

    @Override
    public boolean hasRoom() {
        return nic.hasRoom();
    }

    @Override
    public Cstruct slot() {
        return nic.slot();
    }

    @Override
    public void flush() throws IOException {
        nic.flush();
    }
}
