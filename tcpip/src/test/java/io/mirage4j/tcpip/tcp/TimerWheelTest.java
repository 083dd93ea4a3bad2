// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TimerWheelTest {
    private static final TcpStack STACK =
            new Link(new Link.Quality(), TcpParameters.linux(), TcpParameters.linux(), 1).a;

    /// Twin: a list that is searched.
    @Property(tries = 100)
    void connectionsComeOutWhenTheyAreDue(@ForAll Random random) {
        var wheel = new TimerWheel();
        List<TcpConnection> twin = new ArrayList<>();
        long now = random.nextLong(1L << 40);
        while (wheel.poll(now) != null) {}
        for (int step = 0; step < 300; step++) {
            if (random.nextBoolean()) {
                var c = new TcpConnection(STACK, new TcpSettings(), 0, 1, 1, 0, 2, 2, 0);
                c.wheelDeadline = now + (long) Math.pow(2, 45 * random.nextDouble());
                wheel.add(c);
                twin.add(c);
            } else if (!twin.isEmpty() && random.nextInt(4) == 0) {
                wheel.remove(twin.remove(random.nextInt(twin.size())));
            } else {
                long earliest = earliest(twin);
                assertThat(wheel.nextDeadline()).isLessThanOrEqualTo(earliest);
                now += (long) Math.pow(2, 42 * random.nextDouble());
                for (TcpConnection c; (c = wheel.poll(now)) != null; ) {
                    assertThat(c.wheelDeadline).isLessThanOrEqualTo(now);
                    assertThat(twin.remove(c)).isTrue();
                }
                assertThat(earliest(twin)).isGreaterThan(now);
            }
        }
    }

    private static long earliest(List<TcpConnection> connections) {
        return connections.stream().mapToLong(c -> c.wheelDeadline).min().orElse(Engine.NEVER);
    }
}
