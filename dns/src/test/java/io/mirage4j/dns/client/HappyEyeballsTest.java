// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.IpAddress;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class HappyEyeballsTest {
    private static final long MILLIS = 1_000_000;

    private final HappyEyeballs eyeballs = new HappyEyeballs();

    private static List<IpAddress> addresses(String texts) {
        return Stream.of(texts.split(" ")).map(IpAddress::of).toList();
    }

    private List<String> dueUntil(long end) {
        List<String> due = new ArrayList<>();
        for (long now = 0; now <= end; now += MILLIS) {
            IpAddress next;
            while ((next = eyeballs.next(now)) != null) due.add(now / MILLIS + " " + next);
        }
        return due;
    }

    @Test
    void versionsTakeTurnsAQuarterOfASecondApart() {
        eyeballs.found(addresses("2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.1 192.0.2.2"), 0);
        eyeballs.complete(0);
        assertThat(dueUntil(1000 * MILLIS))
                .containsExactly(
                        "0 2001:db8::1",
                        "250 192.0.2.1",
                        "500 2001:db8::2",
                        "750 192.0.2.2",
                        "1000 2001:db8::3");
        assertThat(eyeballs.nextDeadline()).isEqualTo(HappyEyeballs.NEVER);
    }

    @Test
    void theVersionOfTheFirstAddressBegins() {
        eyeballs.found(addresses("192.0.2.1 2001:db8::1"), 0);
        assertThat(dueUntil(250 * MILLIS)).containsExactly("0 192.0.2.1", "250 2001:db8::1");
    }

    @Test
    void anAttemptThatFailsMakesRoomAtOnce() {
        eyeballs.found(addresses("2001:db8::1 192.0.2.1"), 0);
        assertThat(eyeballs.next(0)).isNotNull();
        assertThat(eyeballs.next(10)).isNull();
        eyeballs.failed(20);
        assertThat(eyeballs.nextDeadline()).isEqualTo(20);
        assertThat(eyeballs.next(20)).isEqualTo(IpAddress.of("192.0.2.1"));
    }

    @Test
    void ipv4WaitsAMomentForTheAddressesOfIpv6() {
        eyeballs.found(addresses("192.0.2.1"), 0);
        assertThat(dueUntil(40 * MILLIS)).isEmpty();
        eyeballs.found(addresses("2001:db8::1 192.0.2.1"), 40 * MILLIS);
        assertThat(eyeballs.next(40 * MILLIS)).isEqualTo(IpAddress.of("2001:db8::1"));
    }

    @Test
    void ipv4GoesAheadWhereIpv6TakesTooLong() {
        eyeballs.found(addresses("192.0.2.1 192.0.2.2"), 0);
        assertThat(dueUntil(300 * MILLIS)).containsExactly("50 192.0.2.1", "300 192.0.2.2");
        eyeballs.found(addresses("2001:db8::1 192.0.2.1 192.0.2.2"), 400 * MILLIS);
        assertThat(eyeballs.next(549 * MILLIS)).isNull();
        assertThat(eyeballs.next(550 * MILLIS)).isEqualTo(IpAddress.of("2001:db8::1"));
    }

    @Test
    void nothingIsWaitedForThatWillNotCome() {
        eyeballs.found(addresses("192.0.2.1"), 0);
        eyeballs.complete(1);
        assertThat(eyeballs.next(1)).isEqualTo(IpAddress.of("192.0.2.1"));
    }

    @Test
    void itIsOverWhenEverythingHasFailed() {
        eyeballs.found(addresses("2001:db8::1"), 0);
        eyeballs.complete(0);
        assertThat(eyeballs.isOver()).isFalse();
        assertThat(eyeballs.next(0)).isNotNull();
        assertThat(eyeballs.isOver()).isFalse();
        eyeballs.failed(5);
        assertThat(eyeballs.isOver()).isTrue();
    }
}
