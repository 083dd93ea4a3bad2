// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

/// Which segments are taken as expected. That they are taken rightly is asked by all that sends
/// data; that the others are, by the scripts of packetdrill.
class HeaderPredictionTest {
    private static final int OCTETS = 100;

    private final Loopback wire = new Loopback(TcpParameters.linux(), 1500);
    private final HeaderPrediction prediction = new HeaderPrediction(new Acknowledgment(wire.b));
    private TcpConnection client;
    private TcpConnection server;

    @BeforeEach
    void talk() {
        TcpListener listener = wire.b.listen(80, 8, new TcpSettings());
        client = wire.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), wire.now);
        wire.run();
        server = listener.accept();
        client.write(Cstruct.create(OCTETS), 0, OCTETS, wire.now);
        wire.run();
    }

    /// The next segment of the client, but for a change.
    private boolean isPredicted(Consumer<Segment> change) {
        var s = new Segment();
        s.seq = server.receiver.rcvNxt;
        s.ack = server.sender.sndNxt;
        s.flags = TcpWire.ACK;
        s.length = OCTETS;
        Cstruct stamps = Cstruct.create(12);
        stamps.putU32be(0, TcpOptions.ALIGNED_TIMESTAMPS);
        stamps.putU32be(4, server.receiver.tsRecent + 1);
        s.options.parse(stamps, 0, 12);
        change.accept(s);
        return prediction.isRight(server, s);
    }

    @Test
    void theNextSegmentIsExpectedPushedOrNot() {
        assertThat(isPredicted(_ -> {})).isTrue();
        assertThat(isPredicted(s -> s.flags |= TcpWire.PSH)).isTrue();
    }

    @Test
    void noOtherFlagIsExpected() {
        for (int flag = 1; flag < 0x100; flag <<= 1) {
            int other = flag;
            if (flag != TcpWire.PSH && flag != TcpWire.ACK) {
                assertThat(isPredicted(s -> s.flags |= other)).as("flag %d", flag).isFalse();
            }
        }
        assertThat(isPredicted(s -> s.flags = 0)).isFalse();
    }

    @Test
    void numbersThatAreNotTheNextAreNotExpected() {
        assertThat(isPredicted(s -> s.seq++)).isFalse();
        assertThat(isPredicted(s -> s.seq--)).isFalse();
        assertThat(isPredicted(s -> s.ack++)).isFalse();
        assertThat(isPredicted(s -> s.ack--)).isFalse();
        assertThat(isPredicted(s -> s.length = server.receiver.window() + 1)).isFalse();
    }

    @Test
    void anAcknowledgmentThatSaysNothingNewIsNotExpected() {
        assertThat(isPredicted(s -> s.length = 0)).isFalse();
        server.write(Cstruct.create(OCTETS), 0, OCTETS, wire.now);
        assertThat(isPredicted(s -> s.length = 0)).isTrue();
    }

    @Test
    void stampsThatAreOldOrMissingAreNotExpected() {
        assertThat(isPredicted(s -> s.options.tsVal -= 2)).isFalse();
        assertThat(isPredicted(s -> s.options.parse(Cstruct.empty(), 0, 0))).isFalse();
        server.receiver.timestamps = false;
        assertThat(isPredicted(_ -> {})).isFalse();
    }

    @Test
    void nothingIsExpectedWhereSomethingIsMissingOrTheStateIsAnother() {
        server.sender.recovery.enterCwr();
        assertThat(isPredicted(_ -> {})).isFalse();
        server.sender.recovery.state = Recovery.OPEN;
        assertThat(isPredicted(_ -> {})).isTrue();
        server.shutdownWrite(wire.now);
        assertThat(isPredicted(_ -> {})).isFalse();
        assertThat(client.error()).isEqualTo(TcpError.NONE);
    }
}
