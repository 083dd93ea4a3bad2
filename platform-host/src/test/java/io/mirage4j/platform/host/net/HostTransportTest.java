// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class HostTransportTest {
    private static final Endpoint LOOPBACK = Endpoint.of("127.0.0.1:0");

    /// Whoever grants nothing is served by what the JDK has, without a word.
    @ParameterizedTest
    @CsvSource({
        "--illegal-native-access=deny, SocketListener SocketDatagrams",
        "--illegal-native-access=warn, SocketListener SocketDatagrams",
        "--enable-native-access=ALL-UNNAMED, EpollListener BatchedDatagrams"
    })
    void nativeAccessIsUsedWhereItIsGranted(String option, String used) throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                option,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo("listen bindForMany " + used + "\n");
    }

    /// Sends a datagram and a stream to itself, and says by what.
    static final class Program {
        public static void main(String[] args) throws IOException {
            try (var transport = new HostTransport();
                    Listener listener = transport.listen(LOOPBACK);
                    Datagrams port = transport.bindForMany(LOOPBACK)) {
                var datagram = Datagram.create(100);
                datagram.buffer().put(0, "bindForMany".getBytes(StandardCharsets.UTF_8));
                port.send(datagram.length(11).remote(port.local()).local(null));
                port.receive(datagram.length(0));
                try (Flow near = transport.connect(listener.local().orElseThrow());
                        Flow far = listener.accept()) {
                    near.write(ReadOnlyCstruct.of("listen"));
                    Cstruct buf = Cstruct.create(6);
                    far.read(buf);
                    System.out.println(
                            String.join(
                                    " ",
                                    buf.text(StandardCharsets.UTF_8),
                                    datagram.payload().text(StandardCharsets.UTF_8),
                                    listener.getClass().getSimpleName(),
                                    port.getClass().getSimpleName()));
                }
            }
        }
    }
}
