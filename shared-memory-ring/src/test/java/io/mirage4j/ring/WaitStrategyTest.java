// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
class WaitStrategyTest {
    private static final int ROUND_TRIPS = 2000;

    @TempDir Path dir;

    enum Way {
        SPIN,
        YIELD,
        PARK,
        SEMAPHORE,
        DESCRIPTOR
    }

    /// A ping-pong in which each side waits in the same way, over a request ring.
    @ParameterizedTest
    @EnumSource
    void everyStrategyWakesForEveryMessage(Way way) throws Exception {
        Doorbell frontBell = bell(way, "front");
        Doorbell backBell = bell(way, "back");
        try (Arena arena = Arena.ofShared()) {
            Cstruct page = SlotRingTest.page(arena, 4096);
            FrontRing front = FrontRing.create(page, 12);
            BackRing back = BackRing.attach(page, 12);
            Thread answering =
                    Thread.ofPlatform()
                            .start(() -> answer(back, strategy(way, backBell), frontBell));
            WaitStrategy wait = strategy(way, frontBell);
            for (int i = 0; i < ROUND_TRIPS; i++) {
                page.putU32le(front.slot(), i);
                front.commit();
                if (front.push()) {
                    backBell.ring();
                }
                assertThat(wait.await(front)).isEqualTo(Pending.WORK);
                assertThat(page.u32le(front.poll())).isEqualTo(~i);
            }
            answering.join();
        }
    }

    private static void answer(BackRing back, WaitStrategy wait, Doorbell peer) {
        try {
            for (int i = 0; i < ROUND_TRIPS; i++) {
                assertThat(wait.await(back)).isEqualTo(Pending.WORK);
                int asked = back.memory().u32le(back.poll());
                back.memory().putU32le(back.slot(), ~asked);
                back.commit();
                if (back.push()) {
                    peer.ring();
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Doorbell bell(Way way, String name) throws IOException {
        return way == Way.DESCRIPTOR
                ? FifoDoorbell.create(dir.resolve(name))
                : Doorbell.inProcess();
    }

    private static WaitStrategy strategy(Way way, Doorbell bell) {
        return switch (way) {
            case SPIN -> WaitStrategy.spin();
            case YIELD -> WaitStrategy.yielding();
            case PARK -> WaitStrategy.park(20_000);
            case SEMAPHORE, DESCRIPTOR -> WaitStrategy.event(bell);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aFaultyRingIsNotWaitedFor(Way way) throws Exception {
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        page.putIntOpaque(Sring.RSP_PROD, 5);
        assertThat(strategy(way, bell(way, "bell")).await(front)).isEqualTo(Pending.FAULT);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitWithALimitEndsWithoutWork(Way way) throws Exception {
        WaitStrategy wait = strategy(way, bell(way, "bell"));
        FrontRing front = FrontRing.create(Cstruct.create(4096), 12);
        long start = System.nanoTime();
        assertThat(wait.await(front, Duration.ofMillis(20))).isEqualTo(Pending.NOTHING);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        assertThat(wait.await(front, Duration.ZERO)).isEqualTo(Pending.NOTHING);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitWithALimitEndsWithWork(Way way) throws Exception {
        Doorbell bell = bell(way, "bell");
        WaitStrategy wait = strategy(way, bell);
        Cstruct page = Cstruct.create(4096);
        FrontRing front = FrontRing.create(page, 12);
        BackRing back = BackRing.attach(page, 12);
        front.slot();
        front.commit();
        front.push();
        Thread answering =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    back.poll();
                                    back.slot();
                                    back.commit();
                                    back.push();
                                    ringWithoutFail(bell);
                                });
        assertThat(wait.await(front, Duration.ofSeconds(50))).isEqualTo(Pending.WORK);
        answering.join();
    }

    private static void ringWithoutFail(Doorbell bell) {
        try {
            bell.ring();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEMAPHORE", "DESCRIPTOR"})
    void aBellTellsWhetherItWasRungInTime(Way way) throws Exception {
        Doorbell bell = bell(way, "bell");
        assertThat(bell.await(Duration.ofMillis(1))).isFalse();
        bell.ring();
        assertThat(bell.await(Duration.ofSeconds(50))).isTrue();
    }

    @Test
    void aWaitThatPollsCanBeInterrupted() {
        FrontRing front = FrontRing.create(Cstruct.create(4096), 12);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> WaitStrategy.spin().await(front))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aRingBeforeTheWaitIsKept() throws Exception {
        for (Doorbell bell :
                new Doorbell[] {bell(Way.SEMAPHORE, ""), bell(Way.DESCRIPTOR, "kept")}) {
            bell.ring();
            bell.ring();
            assertThat(bell.await(Duration.ofSeconds(30))).isTrue();
        }
    }

    /// A pipe has room for 65,536 octets, and nobody reads this one.
    @Test
    void aPeerThatNeverListensStopsNobody() throws Exception {
        Doorbell bell = bell(Way.DESCRIPTOR, "unheard");
        for (int i = 0; i < 100_000; i++) {
            bell.ring();
        }
        bell.await();
        assertThat(bell.await(Duration.ofMillis(1))).as("one wait heard all").isFalse();
    }

    @Test
    void aNamedPipeThatCanNotBeMadeIsTold() {
        Path nowhere = dir.resolve("no such directory").resolve("bell");
        assertThatThrownBy(() -> FifoDoorbell.create(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file");
    }
}
