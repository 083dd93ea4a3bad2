// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static io.mirage4j.dns.client.Script.FIRST;
import static io.mirage4j.dns.client.Script.SECONDS;
import static io.mirage4j.dns.client.Script.WWW;
import static io.mirage4j.dns.client.Script.answer;
import static io.mirage4j.dns.client.Script.asking;
import static io.mirage4j.dns.client.Script.question;
import static io.mirage4j.dns.client.Script.withAuthority;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.RrType;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Answers that are kept, and for how long.
class CacheTest {
    private static Question host(int number) {
        return question("host" + number + ".example.org.", RrType.A);
    }

    private static Script knowing(int size, int... hosts) {
        var script = asking(WWW, ClientOptions.of(FIRST).withCachedAnswers(size));
        for (int host : hosts) {
            script.asks(host(host)).getsRecords("host" + host + ".example.org. 60 A 192.0.2.1");
        }
        return script;
    }

    @Test
    void anAnswerIsKeptUntilItsTtlIsOverAndGetsOlder() {
        var script = knowing(10, 1);
        script.now += 59 * SECONDS;
        Answer answer = script.asks(question("HOST1.example.org.", RrType.A)).answer();
        assertThat(answer.ttlSeconds()).isEqualTo(1);
        assertThat(answer.records().getFirst().ttl()).isEqualTo(1);
        script.now += SECONDS;
        assertThat(script.asks(host(1)).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void aNegativeAnswerIsKeptToo() {
        var script = asking(WWW);
        script.gets(
                withAuthority(
                        answer(script.query(), Rcode.NXDOMAIN, List.of()),
                        "org. 900 SOA ns.org. a.org. 1 2 3 4 5"));
        script.now += 4 * SECONDS;
        assertThat(script.asks(WWW).answer().outcome()).isEqualTo(Answer.Outcome.NO_SUCH_NAME);
        script.now += SECONDS;
        assertThat(script.asks(WWW).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void anotherTypeIsAnotherQuestion() {
        var script = knowing(10, 1);
        script.asks(question("host1.example.org.", RrType.AAAA));
        assertThat(script.action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void whatWasNotWantedForLongestMakesRoom() {
        var script = knowing(2, 1, 2);
        assertThat(script.asks(host(1)).answer().isFound()).isTrue();
        script.asks(host(3)).getsRecords("host3.example.org. 60 A 192.0.2.1");
        assertThat(script.asks(host(1)).action).isInstanceOf(Action.Done.class);
        assertThat(script.asks(host(3)).action).isInstanceOf(Action.Done.class);
        assertThat(script.asks(host(2)).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void withoutRoomNothingIsKept() {
        assertThat(knowing(0, 1).asks(host(1)).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void nothingIsKeptForLongerThanAWeek() {
        var script = asking(WWW).getsRecords("www.example.org. 2147483647 A 192.0.2.1");
        script.now += 604_799 * SECONDS;
        assertThat(script.asks(WWW).action).isInstanceOf(Action.Done.class);
        script.now += SECONDS;
        assertThat(script.asks(WWW).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void aTtlWithTheHighestBitIsNone() {
        var script = asking(WWW).getsRecords("www.example.org. 2147483648 A 192.0.2.1");
        assertThat(script.answer().ttlSeconds()).isZero();
        assertThat(script.asks(WWW).action).isInstanceOf(Action.Ask.class);
    }

    @Test
    void allIsForgottenOnDemand() {
        var script = knowing(10, 1);
        script.resolver.clear();
        assertThat(script.asks(host(1)).action).isInstanceOf(Action.Ask.class);
    }
}
