// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.Test;

/// Paths that take less than the route says, or more than was thought.
class PathSizeTest {
    private final TcpParameters parameters = TcpParameters.linux();
    private Link link;
    private TcpConnection client;
    private TcpConnection server;

    private void connect() {
        link = new Link(new Link.Quality(), parameters, parameters, 5);
        TcpListener listener = link.b.listen(80, 8, new TcpSettings());
        client = link.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), link.now);
        while (listener.waiting() == 0) link.step(link.now + 10_000_000L);
        server = listener.accept();
    }

    /// Sends so much from client to server and returns how long that took.
    private long transfer(int octets) {
        Cstruct data = Cstruct.create(10_000);
        long start = link.now;
        int written = 0;
        int read = 0;
        while (read < octets) {
            int piece = Math.min(data.length(), octets - written);
            written += client.write(data, 0, piece, link.now);
            link.step(link.now + 10_000_000L);
            read += server.skip(1 << 20, link.now);
            assertThat(client.error()).isEqualTo(TcpError.NONE);
            assertThat(link.now - start).isLessThan(600_000_000_000L);
        }
        return link.now - start;
    }

    @Test
    void whatIcmpSaysOfThePathIsBelievedAndRemembered() {
        connect();
        transfer(50_000);
        link.pathMtu = 700;
        assertThat(transfer(100_000)).as("no timeout").isLessThan(10_000_000_000L);
        assertThat(client.info(link.now).sndMss()).isEqualTo(700 - 40 - 12);
        TcpConnection next = link.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), link.now);
        assertThat(next.path.mtu).isEqualTo(700);
    }

    @Test
    void anErrorAboutNothingThatIsOnItsWayIsNotBelieved() {
        connect();
        transfer(50_000);
        Cstruct quoted = Cstruct.create(8);
        quoted.putU32be(0, client.localPort() << 16 | 80);
        quoted.putU32be(4, client.sender.sndNxt + 5000);
        link.a.error(Link.fromAToB(), IcmpError.TOO_BIG, 300, quoted, 0, 8, link.now);
        assertThat(client.path.mtu).isZero();
        assertThat(link.a.dropped(Drop.ICMP_NOT_OURS)).isEqualTo(1);
    }

    @Test
    void aBlackHoleIsFoundBySilence() {
        connect();
        transfer(50_000);
        link.tellsTooBig = false;
        link.pathMtu = 1200;
        transfer(100_000);
        assertThat(client.sender.mss).isLessThanOrEqualTo(1200 - 40);
    }

    @Test
    void probingFindsThatThePathTakesMore() {
        parameters.mtuProbing = 2;
        parameters.baseMss = 512;
        connect();
        client.sender.mss = 512;
        transfer(3_000_000);
        assertThat(client.sender.mss).isGreaterThan(1400);
    }
}
