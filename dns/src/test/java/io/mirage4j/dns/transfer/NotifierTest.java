// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Opcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.tsig.TsigKey;
import io.mirage4j.dns.tsig.TsigKeys;
import io.mirage4j.dns.tsig.TsigSigner;
import io.mirage4j.dns.tsig.TsigVerifier;
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

    private static final TsigKey KEY =
            TsigKey.parse("k:hmac-sha256:c2VjcmV0IG9mIHR3bw==").orThrow();
    private static final TsigKey OTHER =
            TsigKey.parse("k:hmac-sha256:b3RoZXIgc2VjcmV0cw==").orThrow();

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
        notifier.receive(answer(datagram), ONE.endpoint(), 0);
        assertThat(notifier.next(datagram, 0, 0)).isTrue();
        assertThat(datagram.remote()).isEqualTo(TWO.endpoint());
        // Somebody else's answer, or one to something else, is none.
        notifier.receive(answer(datagram), ONE.endpoint(), 0);
        notifier.receive(datagram.payload(), TWO.endpoint(), 0);
        int times = 1;
        while (notifier.nextDeadline() < Long.MAX_VALUE) {
            long now = notifier.nextDeadline();
            if (notifier.next(datagram, 0, now)) {
                times++;
            }
        }
        assertThat(times).isEqualTo(6);
    }

    @Test
    void aPeerWithAKeyHasHeardOnceItsAnswerIsSigned() {
        var peer = new Peer(Endpoint.of("192.0.2.3:53"), KEY);
        notifier.announce(RandomZones.zone(""), List.of(peer), 0);
        assertThat(notifier.next(datagram, 100, 0)).isTrue();
        Cstruct first = signedAnswer(datagram, KEY, 100);
        // Said again: an answer to either has been heard, one without a signature or by another key
        // has not.
        assertThat(notifier.next(datagram, 101, SECOND)).isTrue();
        notifier.receive(plainAnswer(datagram), peer.endpoint(), 101);
        notifier.receive(signedAnswer(datagram, OTHER, 101), peer.endpoint(), 101);
        first.putU8(first.length() - 7, first.u8(first.length() - 7) ^ 1);
        notifier.receive(first, peer.endpoint(), 101);
        assertThat(notifier.nextDeadline()).isLessThan(Long.MAX_VALUE);
        first.putU8(first.length() - 7, first.u8(first.length() - 7) ^ 1);
        notifier.receive(first, peer.endpoint(), 101);
        assertThat(notifier.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    /// As a server answers that does not know what TSIG is.
    private static Cstruct plainAnswer(Datagram request) {
        Message asked = Message.parse(request.payload()).orThrow();
        int flags = HeaderWire.QR | HeaderWire.opcodeBits(Opcode.NOTIFY);
        List<ResourceRecord> none = List.of();
        return new Message(asked.id(), flags, asked.questions(), none, none, none, null).toOctets();
    }

    private static Cstruct signedAnswer(Datagram request, TsigKey key, long seconds) {
        var view = new MessageView();
        assertThat(view.parse(request.payload())).isEqualTo(MessageView.Verdict.OK);
        Cstruct plain = plainAnswer(request);
        Cstruct answer = Cstruct.create(512);
        answer.put(0, plain);
        int length =
                switch (TsigVerifier.request(view, TsigKeys.of(KEY), seconds)) {
                    case TsigVerifier.Good good when key.equals(KEY) ->
                            good.answers().sign(answer, plain.length(), seconds);
                    case TsigVerifier.Good any ->
                            TsigSigner.request(key).sign(answer, plain.length(), seconds);
                    case TsigVerifier.Bad bad -> throw new AssertionError(bad.rcode());
                };
        return answer.sub(0, length);
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
