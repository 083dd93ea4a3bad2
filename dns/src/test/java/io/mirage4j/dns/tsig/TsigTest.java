// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.tsig;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.MessageView;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.RrType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class TsigTest {
    private static final long NOW = 1_800_000_000L;
    private static final Blob SECRET = Blob.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final TsigKey KEY =
            TsigKey.of(DnsName.of("Key.example."), TsigAlgorithm.HMAC_SHA256, SECRET);
    private static final TsigKeys KEYS = TsigKeys.of(KEY);

    private final Cstruct buf = Cstruct.create(4096);

    private static int put(Cstruct buf, int id) {
        Message query =
                Message.query(id, DnsName.of("www.example.org."), RrType.A, Edns.of(1232, false));
        Cstruct octets = query.toOctets();
        octets.copyTo(0, buf, 0, octets.length());
        return octets.length();
    }

    private MessageView view(int length) {
        var view = new MessageView();
        assertThat(view.parse(Cstruct.of(buf.toByteArray(0, length)).readOnly()))
                .isEqualTo(MessageView.Verdict.OK);
        return view;
    }

    private static RecordData.Tsig tsig(MessageView view) {
        Message message = Message.parse(view.message()).orThrow();
        return (RecordData.Tsig) message.additionals().getLast().data().value();
    }

    /// A request signed with `key`, ready to be checked.
    private MessageView signed(TsigKey key) {
        return view(TsigSigner.request(key).sign(buf, put(buf, 7), NOW));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSignedIsGood(TsigAlgorithm algorithm) {
        TsigKey key = TsigKey.of(DnsName.of("k."), algorithm, SECRET);
        var signer = TsigSigner.request(key);
        int before = put(buf, 7);
        int length = signer.sign(buf, before, NOW);
        assertThat(length - before).isEqualTo(signer.octets());
        var request = TsigVerifier.request(view(length), TsigKeys.of(key), NOW + 300);
        assertThat(request).isInstanceOf(TsigVerifier.Good.class);
        // The answer: signed with the request's MAC in front, and refused with another one.
        int answered = ((TsigVerifier.Good) request).answers().sign(buf, put(buf, 7), NOW);
        var good = TsigVerifier.answer(key, signer.mac());
        assertThat(good.check(view(answered), NOW)).isEqualTo(TsigVerifier.Verdict.GOOD);
        var other = TsigVerifier.answer(key, Blob.of(new byte[signer.mac().length()]));
        assertThat(other.check(view(answered), NOW)).isEqualTo(TsigVerifier.Verdict.BAD_SIGNATURE);
    }

    @Test
    void anIdThatAForwarderChangedDoesNotCount() {
        int length = TsigSigner.request(KEY).sign(buf, put(buf, 7), NOW);
        HeaderWire.putId(buf, 4711);
        assertThat(TsigVerifier.request(view(length), KEYS, NOW))
                .isInstanceOf(TsigVerifier.Good.class);
    }

    @Property
    void anyFlippedBitIsSeen(@ForAll int place) {
        int length = TsigSigner.request(KEY).sign(buf, put(buf, 7), NOW);
        int bit = Math.floorMod(place, length * 8);
        // The id is not signed; letters of names are, without regard to case.
        if (bit < 16 || bit % 8 == 2) return;
        buf.putU8(bit / 8, buf.u8(bit / 8) ^ 0x80 >> bit % 8);
        var view = new MessageView();
        var verdict = view.parse(Cstruct.of(buf.toByteArray(0, length)).readOnly());
        if (verdict != MessageView.Verdict.OK || view.tsigOff() < 0) return;
        assertThat(TsigVerifier.request(view, KEYS, NOW)).isInstanceOf(TsigVerifier.Bad.class);
    }

    @Test
    void anUnknownKeyIsToldSoWithoutASignature() {
        var bad = (TsigVerifier.Bad) TsigVerifier.request(signed(KEY), TsigKeys.NONE, NOW);
        expectError(bad, Rcode.BADKEY, false);
    }

    @Test
    void aKeyOfAnotherAlgorithmIsUnknown() {
        TsigKey other = TsigKey.of(KEY.name(), TsigAlgorithm.HMAC_SHA512, SECRET);
        var bad = (TsigVerifier.Bad) TsigVerifier.request(signed(other), KEYS, NOW);
        expectError(bad, Rcode.BADKEY, false);
    }

    @Test
    void anotherSecretIsABadSignature() {
        TsigKey other = TsigKey.of(KEY.name(), KEY.algorithm(), Blob.of(new byte[8]));
        var bad = (TsigVerifier.Bad) TsigVerifier.request(signed(other), KEYS, NOW);
        expectError(bad, Rcode.BADSIG, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, Integer.MAX_VALUE})
    void anotherTimeIsToldSoAndSigned(long late) {
        MessageView request = signed(KEY);
        var bad = (TsigVerifier.Bad) TsigVerifier.request(request, KEYS, NOW + late);
        assertThat(bad.rcode()).isEqualTo(Rcode.NOTAUTH);
        int length = bad.answers().sign(buf, put(buf, 7), NOW + late);
        RecordData.Tsig answer = tsig(view(length));
        assertThat(answer.error()).isEqualTo(Rcode.BADTIME);
        assertThat(answer.time()).isEqualTo(NOW);
        assertThat(answer.other()).hasToString("%012x".formatted(NOW + late));
        var verifier = TsigVerifier.answer(KEY, tsig(request).mac());
        assertThat(verifier.check(view(length), NOW)).isEqualTo(TsigVerifier.Verdict.REFUSED);
        assertThat(verifier.error()).isEqualTo(Rcode.BADTIME);
    }

    private void expectError(TsigVerifier.Bad bad, int error, boolean signed) {
        assertThat(bad.rcode()).isEqualTo(Rcode.NOTAUTH);
        int before = put(buf, 7);
        int length = bad.answers().sign(buf, before, NOW);
        assertThat(length - before).isLessThanOrEqualTo(bad.answers().octets());
        RecordData.Tsig answer = tsig(view(length));
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.mac().length() > 0).isEqualTo(signed);
    }

    @Test
    void aMacMayBeCutAsFarAsBothAgree() {
        var cut = new TsigKey(KEY.name(), KEY.algorithm(), SECRET, 16);
        assertThat(TsigVerifier.request(signed(cut), TsigKeys.of(cut), NOW))
                .isInstanceOf(TsigVerifier.Good.class);
        assertThat(TsigVerifier.request(signed(KEY), TsigKeys.of(cut), NOW))
                .isInstanceOf(TsigVerifier.Good.class);
        var bad = (TsigVerifier.Bad) TsigVerifier.request(signed(cut), KEYS, NOW);
        expectError(bad, Rcode.BADTRUNC, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 33})
    void aMacShorterThanHalfOrLongerThanWholeIsAFormatError(int octets) {
        int at = put(buf, 7);
        var tsig =
                new RecordData.Tsig(
                        KEY.algorithm().algorithmName(),
                        NOW,
                        300,
                        Blob.of(new byte[octets]),
                        7,
                        0,
                        Blob.EMPTY);
        int length = TsigSigner.append(buf, at, KEY.name(), tsig.rdata());
        var bad = (TsigVerifier.Bad) TsigVerifier.request(view(length), KEYS, NOW);
        assertThat(bad.rcode()).isEqualTo(Rcode.FORMERR);
        assertThat(bad.answers()).isNull();
    }

    @Test
    void manyMessagesAreSignedOneAfterTheOther() {
        var request = TsigSigner.request(KEY);
        request.sign(buf, put(buf, 7), NOW);
        var answers = TsigSigner.of(KEY, request.mac().toByteArray());
        var verifier = TsigVerifier.answer(KEY, request.mac());
        for (int i = 0; i < 10; i++) {
            MessageView message = view(answers.sign(buf, put(buf, 7), NOW + i));
            assertThat(verifier.check(message, NOW)).isEqualTo(TsigVerifier.Verdict.GOOD);
            if (i == 5) {
                assertThat(verifier.check(message, NOW))
                        .as("again")
                        .isEqualTo(TsigVerifier.Verdict.BAD_SIGNATURE);
                return;
            }
        }
    }

    @Test
    void messagesBetweenMayBeWithoutARecordButNotTooMany() {
        var request = TsigSigner.request(KEY);
        request.sign(buf, put(buf, 7), NOW);
        var verifier = TsigVerifier.answer(KEY, request.mac());
        assertThat(verifier.check(view(put(buf, 7)), NOW))
                .as("the first has one")
                .isEqualTo(TsigVerifier.Verdict.BAD_SIGNATURE);
        var answers = TsigSigner.of(KEY, request.mac().toByteArray());
        verifier = TsigVerifier.answer(KEY, request.mac());
        assertThat(verifier.check(view(answers.sign(buf, put(buf, 7), NOW)), NOW))
                .isEqualTo(TsigVerifier.Verdict.GOOD);
        for (int i = 0; i < 99; i++) {
            assertThat(verifier.check(view(put(buf, 7)), NOW))
                    .isEqualTo(TsigVerifier.Verdict.UNSIGNED);
        }
        assertThat(verifier.check(view(put(buf, 7)), NOW))
                .isEqualTo(TsigVerifier.Verdict.BAD_SIGNATURE);
    }

    @Test
    void aRecordCoversTheMessagesBeforeItThatHaveNone() {
        var mac = new TsigMac(KEY);
        byte[] prior = new byte[32];
        var tsig =
                new RecordData.Tsig(
                        KEY.algorithm().algorithmName(), NOW, 300, Blob.EMPTY, 7, 0, Blob.EMPTY);
        int length = put(buf, 7);
        byte[] first = mac.prior(prior).message(buf, length, 7, false).variables(tsig).finish();
        var verifier = TsigVerifier.answer(KEY, Blob.of(prior));
        assertThat(verifier.check(view(withMac(length, tsig, first)), NOW))
                .isEqualTo(TsigVerifier.Verdict.GOOD);
        mac.prior(first);
        for (int i = 0; i < 3; i++) {
            length = put(buf, 7);
            assertThat(verifier.check(view(length), NOW)).isEqualTo(TsigVerifier.Verdict.UNSIGNED);
            mac.message(buf, length, 7, false);
        }
        length = put(buf, 7);
        byte[] last = mac.message(buf, length, 7, false).timers(tsig).finish();
        assertThat(verifier.check(view(withMac(length, tsig, last)), NOW))
                .isEqualTo(TsigVerifier.Verdict.GOOD);
    }

    private int withMac(int length, RecordData.Tsig tsig, byte[] mac) {
        var signed =
                new RecordData.Tsig(
                        tsig.algorithm(), tsig.time(), 300, Blob.of(mac), 7, 0, Blob.EMPTY);
        return TsigSigner.append(buf, length, KEY.name(), signed.rdata());
    }

    @Test
    void keysOfOneNameAreOneKey() {
        TsigKey other = TsigKey.of(KEY.name(), KEY.algorithm(), Blob.of(new byte[8]));
        assertThat(TsigKeys.of(List.of(KEY, other)).all()).containsExactly(other);
    }
}
