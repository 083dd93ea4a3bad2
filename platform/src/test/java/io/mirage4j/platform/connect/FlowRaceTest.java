// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.memory.MemoryFlow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// RFC 8305, 4 and 5.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlowRaceTest {
    private static final Endpoint SILENT = Endpoint.of("[2001:db8::1]:80");
    private static final Endpoint REFUSING = Endpoint.of("192.0.2.1:80");
    private static final Endpoint BROKEN = Endpoint.of("192.0.2.2:80");
    private static final Endpoint GOOD = Endpoint.of("192.0.2.3:80");
    private static final Endpoint LATE = Endpoint.of("192.0.2.4:80");

    private final MemoryFlow.Pair good = MemoryFlow.pair(1024);
    private final MemoryFlow.Pair late = MemoryFlow.pair(1024);
    private final CountDownLatch givenUp = new CountDownLatch(1);

    private Flow connect(Endpoint remote) throws IOException {
        if (remote.equals(GOOD)) return good.left();
        if (remote.equals(REFUSING)) throw new IOException("refused");
        if (remote.equals(BROKEN)) throw new IllegalStateException("broken");
        try {
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        } catch (InterruptedException e) {
            givenUp.countDown();
            if (remote.equals(LATE)) return late.left(); // the answer was under way
            throw new InterruptedIOException();
        }
    }

    private Flow race(Endpoint... endpoints) throws Exception {
        return FlowRace.run(
                this::connect,
                List.of(endpoints),
                failures -> {
                    var all = new IOException("none answers");
                    failures.forEach(all::addSuppressed);
                    return all;
                });
    }

    @Test
    void whoAnswersFirstIsTakenAndWhoIsSilentLetGo() throws Exception {
        assertThat(race(SILENT, REFUSING, GOOD)).isSameAs(good.left());
        givenUp.await();
    }

    @Test
    void whoAnswersTooLateIsAborted() throws Exception {
        assertThat(race(LATE, GOOD)).isSameAs(good.left());
        assertThatThrownBy(() -> late.right().read(Cstruct.create(1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whereAllFailEachReasonIsTold() {
        assertThatThrownBy(() -> race(REFUSING, BROKEN))
                .hasMessage("none answers")
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .extracting(Throwable::getMessage)
                                        .containsExactly(
                                                "refused",
                                                "connect to 192.0.2.2:80:"
                                                        + " java.lang.IllegalStateException: broken"));
    }

    @Test
    void theVersionsComeInTurnFromTheFirstOn() {
        assertThat(inTurn("::1", "::2", "1.0.0.1")).isEqualTo(of("::1", "1.0.0.1", "::2"));
        assertThat(inTurn("1.0.0.1", "::1", "1.0.0.2", "1.0.0.3"))
                .isEqualTo(of("1.0.0.1", "::1", "1.0.0.2", "1.0.0.3"));
        assertThat(inTurn()).isEmpty();
    }

    private static List<IpAddress> inTurn(String... addresses) {
        return FlowRace.versionsInTurn(of(addresses));
    }

    private static List<IpAddress> of(String... addresses) {
        return Stream.of(addresses).map(IpAddress::of).toList();
    }
}
