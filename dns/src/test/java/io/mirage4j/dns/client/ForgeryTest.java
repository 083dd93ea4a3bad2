// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static io.mirage4j.dns.client.Script.FIRST;
import static io.mirage4j.dns.client.Script.SECOND;
import static io.mirage4j.dns.client.Script.WWW;
import static io.mirage4j.dns.client.Script.answer;
import static io.mirage4j.dns.client.Script.asking;
import static io.mirage4j.dns.client.Script.question;
import static io.mirage4j.dns.client.Script.records;
import static io.mirage4j.dns.client.Script.with;
import static io.mirage4j.dns.client.Script.withEdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.EdnsOption;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is not the server's answer, or may not be, and how servers of all ages are asked.
class ForgeryTest {
    private static final String RECORD = "www.example.org. 60 A 192.0.2.80";

    private static Message forged(Message query, int id, List<Question> questions) {
        Message answer = answer(query, 0, records("www.example.org. 60 A 192.0.2.66"));
        return new Message(
                id,
                answer.flags(),
                questions,
                answer.answers(),
                List.of(),
                List.of(),
                answer.edns());
    }

    @Test
    void whatIsNoAnswerToTheQueryIsPassedOver() {
        var script = asking(WWW);
        Message query = script.query();
        Message good = answer(query, 0, records(RECORD));
        List<ReadOnlyCstruct> strays =
                List.of(
                        octets(forged(query, query.id() ^ 1, query.questions())),
                        octets(
                                forged(
                                        query,
                                        query.id(),
                                        List.of(question("w.example.org.", RrType.A)))),
                        octets(
                                forged(
                                        query,
                                        query.id(),
                                        List.of(question("www.example.org.", RrType.AAAA)))),
                        octets(forged(query, query.id(), List.of())),
                        octets(with(good, good.flags() & ~HeaderWire.QR)),
                        octets(with(good, good.flags() | HeaderWire.opcodeBits(4))),
                        Cstruct.of(new byte[5]).readOnly(),
                        Cstruct.empty().readOnly());
        for (ReadOnlyCstruct stray : strays) {
            assertThat(script.inquiry.receive(FIRST, stray, script.now))
                    .isInstanceOf(Action.Listen.class);
        }
        assertThat(script.inquiry.receive(SECOND, octets(good), script.now))
                .isInstanceOf(Action.Listen.class);
        script.gets(good);
        assertThat(script.answer().records().getFirst().data()).hasToString("192.0.2.80");
    }

    private static ReadOnlyCstruct octets(Message message) {
        return message.toOctets().readOnly();
    }

    @Test
    void manyStraysMakeItAskByStream() {
        var script = asking(WWW);
        Message query = script.query();
        ReadOnlyCstruct wrong = octets(forged(query, query.id() ^ 1, query.questions()));
        int count = 0;
        do {
            script.action = script.inquiry.receive(FIRST, wrong, script.now);
            count++;
        } while (script.action instanceof Action.Listen);
        assertThat(count).isEqualTo(16);
        assertThat(script.isStream()).isTrue();
        assertThat(script.server()).isEqualTo(FIRST);
        assertThat(script.getsRecords(RECORD).answer().isFound()).isTrue();
    }

    @Test
    void theCaseOfTheNameIsMixedAndHasToComeBack() {
        var script = asking(question("abcdefghijklmnopqrstuvwxyz.example.org.", RrType.A));
        Question sent = script.query().questions().getFirst();
        assertThat(sent.name().toString()).isNotEqualTo(sent.name().canonical().toString());

        var lower = List.of(new Question(sent.name().canonical(), sent.type(), sent.rrClass()));
        script.gets(forged(script.query(), script.query().id(), lower));
        assertThat(script.isStream()).isTrue();
        // Nobody can slip in there, and so any case will do.
        script.gets(
                new Message(
                        script.query().id(),
                        HeaderWire.QR,
                        lower,
                        records(sent.name().canonical() + " 1 A 192.0.2.1"),
                        List.of(),
                        List.of(),
                        null));
        assertThat(script.answer().isFound()).isTrue();
    }

    @Test
    void idsAndCasesDifferFromQueryToQuery() {
        Set<Integer> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        var script = asking(WWW);
        for (int i = 0; i < 100; i++) {
            ids.add(script.query().id());
            names.add(script.query().questions().getFirst().name().toString());
            script.asks(WWW);
        }
        assertThat(ids).hasSizeGreaterThan(90);
        assertThat(names).hasSizeGreaterThan(90);
    }

    @Test
    void aTruncatedAnswerIsAskedForByStream() {
        var script = asking(WWW);
        Message cut = answer(script.query(), 0, records(RECORD));
        script.gets(with(cut, cut.flags() | HeaderWire.TC));
        assertThat(script.isStream()).isTrue();
        assertThat(script.getsRecords(RECORD).answer().isFound()).isTrue();
    }

    @Test
    void aTruncatedAnswerThatEndsAnywhereIsOneToo() {
        var script = asking(WWW);
        Message cut = answer(script.query(), 0, records(RECORD));
        ReadOnlyCstruct whole = octets(with(cut, cut.flags() | HeaderWire.TC));
        script.gets(FIRST, whole.sub(0, whole.length() - 15));
        assertThat(script.isStream()).isTrue();
    }

    @Test
    void aStreamThatIsTruncatedTooIsNoUse() {
        var script = asking(WWW, ClientOptions.of(FIRST));
        for (int i = 0; i < 2; i++) {
            Message cut = answer(script.query(), 0, records(RECORD));
            script.gets(with(cut, cut.flags() | HeaderWire.TC));
        }
        assertThat(script.failure()).contains("192.0.2.53:53 cut its answer off");
    }

    @Test
    void aMalformedAnswerIsTriedElsewhere() {
        var script = asking(WWW);
        ReadOnlyCstruct whole = octets(answer(script.query(), 0, records(RECORD)));
        script.gets(FIRST, whole.sub(0, whole.length() - 15));
        assertThat(script.server()).isEqualTo(SECOND);
    }

    @Test
    void aServerWithoutEdnsIsAskedWithoutItFromThenOn() {
        var script = asking(WWW);
        assertThat(script.query().edns()).isNotNull();
        // Such servers send the header, and nothing else.
        Message header =
                new Message(
                        script.query().id(),
                        HeaderWire.QR | Rcode.FORMERR,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null);
        script.gets(header);
        assertThat(script.server()).isEqualTo(FIRST);
        assertThat(script.query().edns()).isNull();
        assertThat(script.getsRecords(RECORD).answer().isFound()).isTrue();
        assertThat(script.asks(question("a.example.org.", RrType.A)).query().edns()).isNull();
        script.now += 900 * Script.SECONDS;
        assertThat(script.asks(question("a.example.org.", RrType.A)).query().edns()).isNotNull();
    }

    @Test
    void aServerThatTakesNothingIsPassedOver() {
        var script = asking(WWW).getsRcode(Rcode.FORMERR).getsRcode(Rcode.FORMERR);
        assertThat(script.server()).isEqualTo(SECOND);
    }

    private static final Blob COOKIE = Blob.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    private static EdnsOption.Cookie cookie(Message query) {
        return query.edns().option(EdnsOption.Cookie.class);
    }

    private static Message withCookie(Message answer, Message query, Blob server) {
        var both = new EdnsOption.Cookie(cookie(query).client(), server);
        int upper = answer.edns().extendedRcode();
        return withEdns(answer, new Edns(1232, upper, 0, 0, List.of(both)));
    }

    @Test
    void aServersCookieComesAlongTheNextTime() {
        var script = asking(WWW);
        assertThat(cookie(script.query()).server()).isEqualTo(Blob.EMPTY);
        script.gets(withCookie(answer(script.query(), 0, records(RECORD)), script.query(), COOKIE));
        assertThat(script.answer().isFound()).isTrue();
        script.asks(question("a.example.org.", RrType.A));
        assertThat(cookie(script.query()).server()).isEqualTo(COOKIE);

        // Whoever leaves it out may be somebody else; a stream tells.
        script.getsRecords("a.example.org. 1 A 192.0.2.66");
        assertThat(script.isStream()).isTrue();
        script.getsRecords("a.example.org. 1 A 192.0.2.1");
        assertThat(script.answer().isFound()).isTrue();
        script.asks(question("b.example.org.", RrType.A));
        assertThat(cookie(script.query()).server()).isEqualTo(Blob.EMPTY);
    }

    @Test
    void anothersCookieIsPassedOver() {
        var script = asking(WWW);
        var other = new EdnsOption.Cookie(COOKIE, COOKIE);
        Message forged = answer(script.query(), 0, records(RECORD));
        script.gets(withEdns(forged, new Edns(1232, 0, 0, 0, List.of(other))));
        assertThat(script.action).isInstanceOf(Action.Listen.class);
    }

    @Test
    void badCookieIsAskedAgainWithTheGoodOneThenByStream() {
        var script = asking(WWW);
        Message bad = answer(script.query(), Rcode.BADCOOKIE, List.of());
        script.gets(withCookie(bad, script.query(), COOKIE));
        assertThat(script.isStream()).isFalse();
        assertThat(script.server()).isEqualTo(FIRST);
        assertThat(cookie(script.query()).server()).isEqualTo(COOKIE);
        bad = answer(script.query(), Rcode.BADCOOKIE, List.of());
        script.gets(withCookie(bad, script.query(), COOKIE));
        assertThat(script.isStream()).isTrue();
    }

    @Test
    void questionsOnEncryptedStreamsAllHaveTheSameLength() {
        var options =
                ClientOptions.of(FIRST).withTransport(ClientOptions.Transport.ENCRYPTED_STREAM);
        for (String name : List.of("a.example.", "a-much-longer-name.example.org.")) {
            var script = asking(question(name, RrType.A), options);
            assertThat(script.isStream()).isTrue();
            assertThat(script.octets().length()).isEqualTo(128);
        }
    }
}
