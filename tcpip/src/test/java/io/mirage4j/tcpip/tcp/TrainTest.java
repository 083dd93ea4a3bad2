// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Segments that are taken as one because they came together. That nothing is lost by it is
/// [LossyLinkTest]'s to find out.
class TrainTest {
    private static final int OCTETS = 10 * 1448;

    private final Loopback wire = new Loopback(TcpParameters.linux(), 1500);
    private final Envelope from = new Envelope().addresses(Link.A, Link.B);
    private TcpConnection client;
    private TcpConnection server;

    @BeforeEach
    void connect() {
        wire.batches = true;
        TcpListener listener = wire.b.listen(80, 8, new TcpSettings());
        client = wire.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), wire.now);
        wire.run();
        server = listener.accept();
    }

    @Test
    void whatCameTogetherIsAcknowledgedOnceAndReadAsItWasSent() {
        byte[] octets = new byte[OCTETS];
        new Random(1).nextBytes(octets);
        long answersBefore = wire.b.segmentsSent();
        client.write(Cstruct.of(octets), 0, OCTETS, wire.now);
        wire.run();
        assertThat(wire.b.segmentsSent() - answersBefore).isEqualTo(1);
        assertThat(server.info(wire.now).dataSegsIn()).isEqualTo(10);
        Cstruct read = Cstruct.create(OCTETS);
        assertThat(server.read(read, 0, OCTETS, wire.now)).isEqualTo(OCTETS);
        assertThat(read).isEqualTo(Cstruct.of(octets));
        assertThat(client.unacknowledged()).isZero();
    }

    @Test
    void whoReadsAlreadyIsHandedWhatCameTogetherAtOnce() {
        byte[] octets = new byte[OCTETS];
        new Random(2).nextBytes(octets);
        Cstruct read = Cstruct.create(OCTETS);
        AtomicInteger landings = new AtomicInteger();
        server.land(
                payload -> {
                    landings.incrementAndGet();
                    payload.copyTo(read, 0, OCTETS - 100);
                    return OCTETS - 100;
                });
        client.write(Cstruct.of(octets), 0, OCTETS, wire.now);
        wire.run();
        assertThat(landings).hasValue(1);
        assertThat(server.readable()).isEqualTo(100);
        assertThat(server.read(read, OCTETS - 100, 200, wire.now)).isEqualTo(100);
        assertThat(read).isEqualTo(Cstruct.of(octets));
        assertThat(client.unacknowledged()).isZero();
    }

    @Test
    void aTrainHasAnEnd() {
        var train = new Train();
        Segment first = segment(1000, 0, TcpWire.ACK, 40_000);
        assertThat(train.begin(from, first)).isTrue();
        assertThat(train.append(from, segment(41_000, 0, TcpWire.ACK, (1 << 18) - 40_000)))
                .isTrue();
        assertThat(train.append(from, segment(1000 + (1 << 18), 0, TcpWire.ACK, 1))).isFalse();
    }

    @Test
    void aTrainEndsBehindWhatThePeerPushed() {
        var train = new Train();
        assertThat(train.begin(from, segment(1000, 0, TcpWire.ACK, 100))).isTrue();
        int push = TcpWire.ACK | TcpWire.PSH;
        assertThat(train.append(from, segment(1100, 0, push, 100))).isTrue();
        assertThat(train.append(from, segment(1200, 0, TcpWire.ACK, 100))).isFalse();
        assertThat(train.segment().has(TcpWire.PSH)).isTrue();
        assertThat(train.segment().count()).isEqualTo(2);
    }

    @Test
    void whatDiffersGoesItsOwnWay() {
        differs(s -> s.seq++);
        differs(s -> s.ack++);
        differs(s -> s.window++);
        differs(s -> s.sourcePort++);
        differs(s -> s.flags |= TcpWire.FIN);
        differs(s -> s.flags |= TcpWire.URG);
        differs(s -> s.length = 0);
        differs(s -> s.options.hasTimestamps = true);
        var train = new Train();
        assertThat(train.begin(from, segment(1000, 0, TcpWire.ACK, 100))).isTrue();
        Envelope marked = new Envelope().addresses(Link.A, Link.B).ecn(Envelope.CE);
        assertThat(train.append(marked, segment(1100, 0, TcpWire.ACK, 100))).isFalse();
    }

    private void differs(Consumer<Segment> change) {
        var train = new Train();
        assertThat(train.begin(from, segment(1000, 0, TcpWire.ACK, 100))).isTrue();
        Segment other = segment(1100, 0, TcpWire.ACK, 100);
        change.accept(other);
        assertThat(train.append(from, other)).isFalse();
    }

    private static Segment segment(int seq, int ack, int flags, int length) {
        Cstruct buf = Cstruct.create(20 + length);
        TcpWire.put(buf, 0, 1, 2, seq, ack, 20, flags, 1000);
        var segment = new Segment();
        segment.parse(new Envelope().addresses(Link.A, Link.B), buf, 0, buf.length());
        return segment;
    }
}
