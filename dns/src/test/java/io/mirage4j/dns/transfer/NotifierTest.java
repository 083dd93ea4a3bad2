// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.memory.SeededEntropy;

import org.junit.jupiter.api.Test;

import java.util.List;

class NotifierTest {
    private static final long SECOND = 1_000_000_000;
    private static final Peer ONE = new Peer(Endpoint.of("192.0.2.1:53"), null);
    private static final Peer TWO = new Peer(Endpoint.of("192.0.2.2:53"), null);

    private final Notifier notifier = new Notifier(new SeededEntropy(1));
    private final Datagram datagram = Datagram.create(1232);

    private static Cstruct answer(Datagram request) {
        Cstruct answer = Cstruct.of(request.payload().toByteArray());
        HeaderWire.putFlags(answer, HeaderWire.flags(answer) | HeaderWire.QR);
        return answer;
    }

    @Test
    void eachPeerIsToldUntilItAnswers() {
        notifier.announce(RandomZones.zone(""), List.of(ONE, TWO), 0);
        assertThat(notifier.next(datagram, 0, 0)).isTrue();
        assertThat(datagram.remote()).isEqualTo(ONE.endpoint());
        Message message = Message.parse(datagram.payload()).orThrow();
        assertThat(message.opcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(message.answers()).hasSize(1);
        notifier.receive(answer(datagram), ONE.endpoint());
        assertThat(notifier.next(datagram, 0, 0)).isTrue();
        assertThat(datagram.remote()).isEqualTo(TWO.endpoint());
        // Somebody else's answer, or one to something else, is none.
        notifier.receive(answer(datagram), ONE.endpoint());
        notifier.receive(datagram.payload(), TWO.endpoint());
        int times = 1;
        while (notifier.nextDeadline() < Long.MAX_VALUE) {
            long now = notifier.nextDeadline();
            if (notifier.next(datagram, 0, now)) times++;
        }
        assertThat(times).isEqualTo(6);
    }

    @Test
    void theLastChangeIsToldAlone() {
        notifier.announce(RandomZones.zone(""), List.of(ONE), 0);
        notifier.announce(RandomZones.zone("a A 192.0.2.1\n"), List.of(ONE), 5 * SECOND);
        assertThat(notifier.next(datagram, 0, 0)).isFalse();
        assertThat(notifier.next(datagram, 0, 5 * SECOND)).isTrue();
        assertThat(notifier.next(datagram, 0, 5 * SECOND)).isFalse();
    }
}
