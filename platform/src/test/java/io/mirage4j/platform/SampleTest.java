// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.memory.FaultyLink;
import io.mirage4j.platform.memory.LinkFaults;
import io.mirage4j.platform.memory.MemoryNetwork;
import io.mirage4j.platform.memory.VirtualClock;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;

/// The code of README.md.
class SampleTest {
    @Test
    void theReadmesSampleWorks() throws IOException {
        var network = new MemoryNetwork();
        Listener listener = network.listen(Endpoint.of("[2001:db8::1]:7"));
        Thread.startVirtualThread(() -> echo(listener));

        try (Flow flow =
                network.connector(IpAddress.of("2001:db8::2"))
                        .connect(Endpoint.of("[2001:db8::1]:7"))) {
            flow.write(ReadOnlyCstruct.of("hello"));
            flow.shutdownOutput();
            Cstruct answer = Cstruct.create(100);
            int octets = flow.read(answer);
            assertThat(answer.text(0, octets, UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void theReadmesBadNetworkDeliversOnTime() throws IOException {
        var clock = new VirtualClock();
        var faults = LinkFaults.NONE.loss(0.02).reordering(0.01).delayNanos(20_000_000);
        var link = FaultyLink.create(clock, 42, faults);
        link.left().commit(60);
        clock.advanceTo(link.nextDeadline());
        Cstruct frame = link.right().poll();
        assertThat(frame.length()).isEqualTo(60);
    }

    private static void echo(Listener listener) {
        try (Flow flow = listener.accept()) {
            Cstruct buf = Cstruct.create(4096);
            for (int octets; (octets = flow.read(buf)) != Flow.END; ) {
                flow.write(buf.sub(0, octets));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
