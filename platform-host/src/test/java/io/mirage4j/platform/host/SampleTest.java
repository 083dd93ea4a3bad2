// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Engine;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;

/// The code of README.md.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SampleTest {
    @Test
    void theReadmesFlowWorks() throws IOException {
        Listener listener = SocketListener.open(Endpoint.of("127.0.0.1:0"));
        Thread.startVirtualThread(() -> echo(listener));
        try (Flow flow = SocketConnector.create().connect(listener.local().orElseThrow())) {
            flow.write(ReadOnlyCstruct.of("hello"));
            Cstruct answer = Cstruct.create(100);
            int octets = flow.read(answer);
            assertThat(answer.text(0, octets, UTF_8)).isEqualTo("hello");
        }
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

    /// Compiled only: it would make an interface of the machine's. `TapLoopTest` runs the like.
    static HostLoop theReadmesLoop(Engine engine) throws IOException {
        TapDevice tap = TapDevice.open("tap%d", MacAddress.of("02:00:00:00:00:01"));
        tap.up();
        HostLoop loop = HostLoop.start("stack", engine, tap, new HostClock());
        loop.execute(() -> askTheEngine());
        return loop;
    }

    private static void askTheEngine() {}
}
