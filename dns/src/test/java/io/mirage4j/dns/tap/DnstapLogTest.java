// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;

class DnstapLogTest {
    private static final Endpoint CLIENT = Endpoint.of("[2001:db8::1]:4000");
    private static final Endpoint SERVER = Endpoint.of("[2001:db8::53]:53");

    private static int add(DnstapLog log, int octets) {
        Cstruct message = Cstruct.create(octets);
        log.add(true, CLIENT, SERVER, message, message, octets, 1_700_000_000_000_000_001L);
        return octets;
    }

    /// The ring equals a queue of whole frames, wherever it wraps.
    @Property(tries = 300)
    void framesComeOutWholeAndInOrder(@ForAll Random random) {
        int size = 300 + random.nextInt(3000);
        var log = new DnstapLog(size, "id", "1");
        Queue<Integer> expected = new ArrayDeque<>();
        Cstruct into = Cstruct.create(2 * 4096);
        int overhead = 0;
        long frames = 0;
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(3) > 0) {
                int octets = add(log, random.nextInt(200) + 200);
                if (log.frames() > frames) {
                    expected.add(octets);
                }
                frames = log.frames();
            } else {
                int length = log.take(into);
                for (int at = 0; at < length; ) {
                    int frame = into.u32be(at);
                    int around = frame - 2 * expected.remove();
                    assertThat(overhead == 0 || overhead == around).isTrue();
                    overhead = around;
                    at += 4 + frame;
                }
                assertThat(expected).isEmpty();
            }
        }
    }

    @Test
    void aFrameThatTheReaderHasNoRoomForStays() {
        var log = new DnstapLog(10_000, "id", "1");
        add(log, 1000);
        assertThat(log.take(Cstruct.create(500))).isZero();
        assertThat(log.take(Cstruct.create(5000))).isGreaterThan(2000);
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void theLongestMessagesHaveRoom() {
        var log = new DnstapLog(1 << 20, "x".repeat(255), "y".repeat(255));
        add(log, 65_535);
        assertThat(log.take(Cstruct.create(DnstapLog.MOST_FRAME_OCTETS))).isGreaterThan(131_070);
        assertThatThrownBy(() -> new DnstapLog(9, "x".repeat(256), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void controlFramesNameTheirContent() {
        ReadOnlyCstruct ready = FrameStreams.control(FrameStreams.READY, "a:b");
        assertThat(ready.u32be(0)).isZero();
        ReadOnlyCstruct body = ready.sub(8, ready.u32be(4));
        assertThat(FrameStreams.is(body, FrameStreams.READY, "a:b")).isTrue();
        assertThat(FrameStreams.is(body, FrameStreams.ACCEPT, "a:b")).isFalse();
        assertThat(FrameStreams.is(body, FrameStreams.READY, "c:d")).isFalse();
        ReadOnlyCstruct stop = FrameStreams.control(FrameStreams.STOP);
        assertThat(FrameStreams.is(stop.sub(8, 4), FrameStreams.STOP, "any")).isTrue();
    }

    @Property
    void anyControlFrameIsJudged(@ForAll byte[] octets) {
        assertThat(FrameStreams.is(Cstruct.of(octets).readOnly(), 99, "a:b")).isFalse();
    }
}
