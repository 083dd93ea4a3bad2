// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.tcp.Envelope;
import io.mirage4j.tcpip.tcp.TcpConnection;
import io.mirage4j.tcpip.tcp.TcpError;
import io.mirage4j.tcpip.tcp.TcpListener;
import io.mirage4j.tcpip.tcp.TcpParameters;
import io.mirage4j.tcpip.tcp.TcpSettings;
import io.mirage4j.tcpip.tcp.TcpState;
import io.mirage4j.tcpip.wire.Addresses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The seam between IP and TCP, from both sides, over both versions and UDP.
class TcpOverIpTest {
    private final Lan lan = new Lan();

    private Host host(int number, int udpPort) {
        var tcp = TcpParameters.linux();
        tcp.udpPort = udpPort;
        return lan.host(
                number,
                settings ->
                        settings.tcp(tcp)
                                .address(IpPrefix.of("192.0.2." + number + "/24"))
                                .address(IpPrefix.of("2001:db8::" + number + "/64")));
    }

    private static TcpConnection connect(Host host, String to, int port, TcpSettings settings) {
        IpAddress remote = IpAddress.of(to);
        IpAddress local = host.stack.sourceFor(remote).orElseThrow();
        var envelope =
                new Envelope()
                        .addresses(
                                Addresses.high(local),
                                Addresses.low(local),
                                Addresses.high(remote),
                                Addresses.low(remote));
        return host.stack.tcp().connect(envelope, 0, port, settings, host.now);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.2, 0", "2001:db8::2, 0", "192.0.2.2, 9899", "2001:db8::2, 9899"})
    void aMegabyteArrivesAsItWasSent(String to, int udpPort) {
        Host client = host(1, udpPort);
        Host server = host(2, udpPort);
        lan.passes(5 * Host.SECOND);
        TcpListener listener = server.stack.tcp().listen(80, 5, new TcpSettings());
        var settings = new TcpSettings();
        settings.udpRemotePort = udpPort;
        TcpConnection there = connect(client, to, 80, settings);
        lan.passes(Host.SECOND);
        TcpConnection here = listener.accept();
        assertThat(here).isNotNull();
        Cstruct sent = Frames.octets(1 << 20);
        Cstruct got = Cstruct.create(1 << 20);
        int written = 0;
        int read = 0;
        for (int round = 0; round < 10_000 && read < got.length(); round++) {
            written += there.write(sent, written, sent.length() - written, client.now);
            lan.passes(Host.SECOND / 1000);
            read += here.read(got, read, got.length() - read, server.now);
        }
        assertThat(got).isEqualTo(sent);
        there.close(client.now);
        here.close(server.now);
        lan.passes(Host.SECOND);
        assertThat(here.error()).isEqualTo(TcpError.NONE);
        assertThat(client.stack.counters().packets()).isZero();
    }

    @Test
    void aHostThatIsNotThereIsReportedToTheConnection() {
        Host client = host(1, 0);
        lan.passes(5 * Host.SECOND);
        TcpConnection there = connect(client, "192.0.2.77", 80, new TcpSettings());
        lan.passes(5 * Host.SECOND);
        assertThat(there.state()).isIn(TcpState.SYN_SENT, TcpState.CLOSED);
        lan.passes(300 * Host.SECOND);
        assertThat(there.error()).isNotEqualTo(TcpError.NONE);
    }
}
