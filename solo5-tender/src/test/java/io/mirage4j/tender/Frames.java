// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tender;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.NetDevice;

import java.io.IOException;

/// Talks to a guest that sends frames back with their addresses swapped.
final class Frames {
    private static final int TYPE = 0x88b5;
    private static final int LAST = 0x88b6;
    private static final long NANOS_TO_LIVE = 60_000_000_000L;

    /// Sends so many frames of all lengths, a few at a time, expects them back in order, and ends
    /// the guest by a last one.
    static void areEchoed(NetDevice device, int count) throws IOException {
        long end = System.nanoTime() + NANOS_TO_LIVE;
        int sent = 0;
        for (int received = 0; received <= count; ) {
            while (sent <= count && sent - received < 20 && device.hasRoom()) {
                send(device, sent, sent == count ? LAST : TYPE);
                sent++;
            }
            Cstruct frame = device.poll();
            if (frame != null) {
                check(device, frame, received, received == count ? LAST : TYPE);
                received++;
            } else {
                Thread.onSpinWait();
            }
            assertThat(System.nanoTime() - end).as("frame %d comes", received).isNegative();
        }
    }

    private static int length(NetDevice device, int number) {
        return 18 + number * 37 % (device.mtu() - 3);
    }

    private static void send(NetDevice device, int number, int type) throws IOException {
        Cstruct slot = device.slot();
        int length = length(device, number);
        slot.putU48be(0, 0x020000000001L);
        slot.putU48be(6, 0x020000000002L);
        slot.putU16be(12, type);
        slot.putU32le(14, number);
        for (int i = 18; i < length; i++) {
            slot.putU8(i, number + i);
        }
        device.commit(length);
    }

    private static void check(NetDevice device, Cstruct frame, int number, int type) {
        assertThat(frame.length()).isEqualTo(length(device, number));
        assertThat(frame.u48be(0)).isEqualTo(0x020000000002L);
        assertThat(frame.u48be(6)).isEqualTo(0x020000000001L);
        assertThat(frame.u16be(12)).isEqualTo(type);
        assertThat(frame.u32le(14)).isEqualTo(number);
        for (int i = 18; i < frame.length(); i++) {
            assertThat(frame.u8(i)).isEqualTo(number + i & 0xff);
        }
    }

    private Frames() {}
}
