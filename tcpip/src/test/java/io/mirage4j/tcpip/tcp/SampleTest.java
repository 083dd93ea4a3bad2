// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

/// The samples of the README.
class SampleTest {
    @Test
    void aListenerAndAClient() {
        var wire = new Loopback(TcpParameters.linux(), 1500);
        TcpStack tcp = wire.a;
        long now = wire.now;
        Envelope envelope = new Envelope().addresses(Link.A, Link.B);
        Cstruct request =
                Cstruct.of(
                        "GET / HTTP/1.1\r\n\r\n"
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Cstruct buffer = Cstruct.create(1024);
        int octets = 0;

        TcpListener web = tcp.listen(80, 128, new TcpSettings());
        TcpConnection client = tcp.connect(envelope, 0, 80, new TcpSettings(), now);
        client.write(request, 0, request.length(), now);
        for (TcpConnection c; (c = tcp.nextEvent()) != null; ) {
            octets += c.read(buffer, 0, buffer.length(), now);
        }

        assertThat(octets).isZero();
        assertThat(web.port()).isEqualTo(80);
        assertThat(client.state()).isEqualTo(TcpState.SYN_SENT);
        assertThat(client.unsent()).isEqualTo(request.length());
    }
}
