// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static io.mirage4j.dns.client.Script.FIRST;
import static io.mirage4j.dns.client.Script.SECOND;
import static io.mirage4j.dns.client.Script.SECONDS;
import static io.mirage4j.dns.client.Script.WWW;
import static io.mirage4j.dns.client.Script.answer;
import static io.mirage4j.dns.client.Script.asking;
import static io.mirage4j.dns.client.Script.question;
import static io.mirage4j.dns.client.Script.records;
import static io.mirage4j.dns.client.Script.with;
import static io.mirage4j.dns.client.Script.withAuthority;
import static io.mirage4j.dns.client.Script.withEdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption.ExtendedError;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;
import java.util.Set;

/// Whom an inquiry asks, in what order and for how long, and what it makes of answers.
class InquiryTest {
    @Test
    void theFirstServersAnswerIsTheAnswer() {
        var script = asking(WWW);
        assertThat(script.server()).isEqualTo(FIRST);
        assertThat(script.query().questions()).containsExactly(WWW);
        assertThat(script.query().is(HeaderWire.RD)).isTrue();
        script.getsRecords("www.example.org. 60 A 192.0.2.80");
        assertThat(script.answer().isFound()).isTrue();
        assertThat(script.answer().records())
                .hasToString("[www.example.org.\t60\tIN\tA\t192.0.2.80]");
        assertThat(script.answer().ttlSeconds()).isEqualTo(60);
        assertThat(script.answer().server()).isEqualTo(FIRST);
    }

    @Test
    void namesComeInTheCaseInWhichTheyWereAskedFor() {
        var script = asking(question("ExAmple.org.", RrType.NS));
        script.getsRecords("example.org. 60 NS ns.example.org.");
        assertThat(script.answer().records())
                .hasToString("[ExAmple.org.\t60\tIN\tNS\tns.ExAmple.org.]");
    }

    @Test
    void serversAreAskedInTurnAndEachRoundIsTwiceAsPatient() {
        var script = asking(WWW);
        for (long patience : new long[] {1, 2, 4}) {
            assertThat(script.server()).isEqualTo(FIRST);
            assertThat(script.waits()).isEqualTo(patience * SECONDS);
            assertThat(script.server()).isEqualTo(SECOND);
            assertThat(script.waits()).isEqualTo(patience * SECONDS);
        }
        assertThat(script.failure())
                .isEqualTo(
                        "no answer for www.example.org. A: 192.0.2.53:53 did not answer in time"
                                + " (3 times); [2001:db8::53]:53 did not answer in time (3 times);"
                                + " ask again later, or name other servers");
    }

    @Test
    void anAnswerInALaterRoundIsAsGood() {
        var script = asking(WWW);
        script.waits();
        script.waits();
        script.getsRecords("www.example.org. 60 A 192.0.2.80");
        assertThat(script.answer().isFound()).isTrue();
    }

    @Test
    void whoWasLateIsAskedLastForAWhile() {
        var script = asking(WWW);
        script.waits();
        script.getsRecords("www.example.org. 0 A 192.0.2.80");
        assertThat(script.asks(WWW).server()).isEqualTo(SECOND);
        script.now += 10 * SECONDS;
        assertThat(script.asks(WWW).server()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTAUTH, Rcode.YXDOMAIN})
    void whoRefusesIsNotAskedAgain(int rcode) {
        var script = asking(WWW).getsRcode(rcode);
        assertThat(script.server()).isEqualTo(SECOND);
        script.getsRcode(rcode);
        assertThat(script.failure())
                .contains("192.0.2.53:53 says " + Rcode.name(rcode))
                .contains("[2001:db8::53]:53 says " + Rcode.name(rcode));
    }

    @Test
    void anErrorTellsWhatTheServerSaidOnOneLine() {
        var script = asking(WWW, ClientOptions.of(FIRST));
        var errors =
                List.of(
                        new ExtendedError(22, "no servers\nreached"),
                        new ExtendedError(ExtendedError.DNSSEC_BOGUS, ""));
        script.gets(
                withEdns(
                        answer(script.query(), Rcode.SERVFAIL, List.of()),
                        new Edns(1232, 0, 0, 0, List.copyOf(errors))));
        assertThat(script.failure())
                .contains("(extended error 22: no servers?reached) (extended error 6)");
    }

    @Test
    void anAnswerCarriesExtendedErrors() {
        var script = asking(WWW);
        var stale = new ExtendedError(ExtendedError.STALE_ANSWER, "old");
        script.gets(
                withEdns(
                        answer(script.query(), 0, records("www.example.org. 9 A 192.0.2.1")),
                        new Edns(1232, 0, 0, 0, List.of(stale))));
        assertThat(script.answer().errors()).containsExactly(stale);
    }

    @Test
    void aliasesAreFollowedWithinAnAnswer() {
        var script =
                asking(WWW)
                        .getsRecords(
                                "b.example.org. 40 A 192.0.2.2",
                                "other.example.org. 40 A 192.0.2.66",
                                "WWW.example.org. 30 CNAME a.example.org.",
                                "a.example.org. 50 CNAME B.example.org.");
        Answer answer = script.answer();
        assertThat(answer.aliases()).extracting(ResourceRecord::ttl).containsExactly(30, 50);
        assertThat(answer.name()).isEqualTo(DnsName.of("b.example.org."));
        assertThat(answer.records())
                .extracting(record -> record.data().toString())
                .containsExactly("192.0.2.2");
        assertThat(answer.ttlSeconds()).isEqualTo(30);
    }

    @Test
    void anAliasItselfCanBeAskedFor() {
        var script = asking(question("www.example.org.", RrType.CNAME));
        script.getsRecords("www.example.org. 30 CNAME a.example.org.");
        assertThat(script.answer().records()).hasSize(1);
        assertThat(script.answer().aliases()).isEmpty();
    }

    @Test
    void aliasesThatLeadBackAreRefused() {
        var script = asking(WWW, ClientOptions.of(FIRST));
        script.getsRecords(
                "www.example.org. CNAME a.example.org.", "a.example.org. CNAME WWW.example.org.");
        assertThat(script.failure()).contains("aliases that lead back to www.example.org.");
    }

    @Test
    void moreThanSixteenAliasesAreRefused() {
        var script = asking(WWW, ClientOptions.of(FIRST));
        String[] chain = new String[18];
        for (int i = 0; i < chain.length; i++) {
            chain[i] =
                    "%s.example.org. CNAME a%d.example.org."
                            .formatted(i == 0 ? "www" : "a" + i, i + 1);
        }
        script.getsRecords(chain);
        assertThat(script.failure()).contains("more than 16 aliases");
    }

    @Test
    void anAliasOutOfWhatTheServerKnowsIsAskedFor() {
        var script = asking(WWW, ClientOptions.of(FIRST));
        script.gets(
                with(
                        answer(script.query(), 0, records("www.example.org. CNAME a.example.com.")),
                        HeaderWire.QR | HeaderWire.AA));
        assertThat(script.query().questions())
                .containsExactly(question("a.example.com.", RrType.A));
        script.getsRecords("a.example.com. 5 A 192.0.2.1");
        assertThat(script.answer().aliases()).hasSize(1);
        assertThat(script.answer().question()).isEqualTo(WWW);
    }

    @Test
    void aliasesFromServerToServerEndToo() {
        var script = asking(question("a0.example.org.", RrType.A), ClientOptions.of(FIRST));
        int asked = 0;
        for (; script.action instanceof Action.Ask; asked++) {
            String alias = "a%d.example.org. CNAME a%d.example.org.".formatted(asked, asked + 1);
            script.gets(
                    with(answer(script.query(), 0, records(alias)), HeaderWire.QR | HeaderWire.AA));
        }
        assertThat(asked).isEqualTo(17);
        assertThat(script.failure()).contains("more than 16 aliases");
    }

    @Test
    void aServerThatOnlyKnowsOthersIsPassedOver() {
        var script = asking(WWW);
        script.gets(
                withAuthority(
                        with(answer(script.query(), 0, List.of()), HeaderWire.QR),
                        "org. 60 NS ns.example.net."));
        assertThat(script.server()).isEqualTo(SECOND);
    }

    @Test
    void negativeAnswersHoldAsLongAsTheSoaSays() {
        var script = asking(WWW);
        script.gets(
                withAuthority(
                        answer(script.query(), Rcode.NXDOMAIN, List.of()),
                        "example.org. 900 SOA ns.example.org. a.example.org. 1 2 3 4 120"));
        assertThat(script.answer().outcome()).isEqualTo(Answer.Outcome.NO_SUCH_NAME);
        assertThat(script.answer().ttlSeconds()).isEqualTo(120);
    }

    @Test
    void aSoaFromElsewhereSaysNothing() {
        var script = asking(WWW);
        script.gets(
                withAuthority(
                        answer(script.query(), 0, List.of()),
                        "example.com. 900 SOA ns.example.org. a.example.org. 1 2 3 4 120"));
        assertThat(script.answer().outcome()).isEqualTo(Answer.Outcome.NO_DATA);
        assertThat(script.answer().ttlSeconds()).isZero();
    }

    @Test
    void adIsBelievedOnlyFromWhoIsTrusted() {
        var script = asking(WWW);
        Message checked = answer(script.query(), 0, records("www.example.org. 9 A 192.0.2.1"));
        assertThat(script.query().is(HeaderWire.AD)).isFalse();
        script.gets(with(checked, checked.flags() | HeaderWire.AD));
        assertThat(script.answer().isAuthenticated()).isFalse();

        var options = ClientOptions.of(FIRST).withFeatures(Set.of(ClientOptions.Feature.TRUST_AD));
        var trusting = asking(WWW, options);
        assertThat(trusting.query().is(HeaderWire.AD)).isTrue();
        checked = answer(trusting.query(), 0, records("www.example.org. 9 A 192.0.2.1"));
        trusting.gets(with(checked, checked.flags() | HeaderWire.AD));
        assertThat(trusting.answer().isAuthenticated()).isTrue();
    }

    @Test
    void whatCouldNotBeSentIsTriedElsewhere() {
        var script = asking(WWW);
        script.action = script.inquiry.fail("could not be sent to: no route", script.now);
        assertThat(script.server()).isEqualTo(SECOND);
    }

    @Test
    void transfersAreNotLookedUp() {
        assertThatThrownBy(() -> asking(question("example.org.", RrType.AXFR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AXFR is not for looking up");
    }

    /// Whatever comes, true answers among it: nothing is thrown and every question ends.
    @Property(tries = 2000)
    void everyInquiryEnds(@ForAll Random random) {
        var script = asking(WWW);
        int steps = 0;
        while (!(script.action instanceof Action.Done || script.action instanceof Action.Failed)) {
            assertThat(++steps).isLessThan(2000);
            if (script.action instanceof Action.Listen || random.nextInt(4) == 0) {
                if (random.nextInt(3) == 0) {
                    script.waits();
                } else {
                    byte[] noise = new byte[random.nextInt(80)];
                    random.nextBytes(noise);
                    script.action =
                            script.inquiry.receive(FIRST, Cstruct.of(noise).readOnly(), script.now);
                }
                continue;
            }
            byte[] reply =
                    answer(
                                    script.query(),
                                    random.nextInt(24),
                                    records("www.example.org. A 192.0.2.1"))
                            .toOctets()
                            .toByteArray();
            for (int i = random.nextInt(4); i > 0; i--) {
                reply[random.nextInt(reply.length)] = (byte) random.nextInt();
            }
            script.gets(script.server(), Cstruct.of(reply).readOnly());
        }
    }
}
