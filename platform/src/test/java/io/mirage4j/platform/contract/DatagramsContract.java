// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.TimedOutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// What every [Datagrams] does, shown on two between which nothing gets lost.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DatagramsContract {
    /// Two ports at addresses of their own.
    public record Ports(Datagrams near, Datagrams far) {}

    private Datagrams near;
    private Datagrams far;

    protected abstract Ports open() throws Exception;

    @BeforeEach
    final void openBothPorts() throws Exception {
        Ports ports = open();
        near = ports.near();
        far = ports.far();
    }

    @AfterEach
    final void closeBothPorts() throws Exception {
        near.close();
        far.close();
    }

    @Test
    void aDatagramArrivesWithItsSender() throws Exception {
        near.send(toFar("hello"));
        Datagram received = Datagram.create(100);
        far.receive(received);
        assertThat(text(received)).isEqualTo("hello");
        assertThat(received.remote()).isEqualTo(near.local());
        assertThat(received.local()).isEqualTo(far.local().address());
    }

    @Test
    void anAnswerMadeInPlaceGoesBack() throws Exception {
        near.send(toFar("ping"));
        Datagram envelope = Datagram.create(100);
        far.receive(envelope);
        envelope.length(envelope.buffer().putText(0, "pong!", StandardCharsets.UTF_8));
        far.send(envelope);
        Datagram answer = Datagram.create(100);
        near.receive(answer);
        assertThat(text(answer)).isEqualTo("pong!");
        assertThat(answer.remote()).isEqualTo(far.local());
    }

    @Test
    void datagramsKeepTheirBounds() throws Exception {
        near.send(toFar("a"));
        near.send(toFar(""));
        near.send(toFar("bc"));
        Datagram received = Datagram.create(100);
        for (String expected : new String[] {"a", "", "bc"}) {
            far.receive(received);
            assertThat(text(received)).isEqualTo(expected);
        }
    }

    @Test
    void whatDoesNotFitIsCutOff() throws Exception {
        near.send(toFar("abcdef"));
        near.send(toFar("xyz"));
        Datagram received = Datagram.create(4);
        far.receive(received);
        assertThat(text(received)).isEqualTo("abcd");
        far.receive(received);
        assertThat(text(received)).isEqualTo("xyz");
    }

    @Test
    void theCallerMayReuseAnEnvelopeThatWasSent() throws Exception {
        Datagram envelope = toFar("first");
        near.send(envelope);
        envelope.buffer().fill('-');
        Datagram received = Datagram.create(100);
        far.receive(received);
        assertThat(text(received)).isEqualTo("first");
    }

    @Test
    void aDatagramThatIsTooLongIsRefused() {
        Datagram envelope = Datagram.create(65_536).length(65_536).remote(far.local());
        assertThatIOException().isThrownBy(() -> near.send(envelope));
    }

    @Test
    void receiveWaits() throws Exception {
        var receiver =
                Together.run(
                                () -> {
                                    Datagram received = Datagram.create(100);
                                    far.receive(received);
                                    return text(received);
                                })
                        .awaitBlocked();
        near.send(toFar("later"));
        assertThat(receiver.result()).isEqualTo("later");
    }

    @Test
    void closeWakesWhoWaits() throws Exception {
        var receiver = Together.run(() -> receive(far)).awaitBlocked();
        far.close();
        far.close();
        assertThatIOException().isThrownBy(receiver::result);
        assertThatIOException().isThrownBy(() -> far.receive(Datagram.create(1)));
        assertThatIOException().isThrownBy(() -> far.send(toFar("x")));
    }

    @Test
    void receiveCanBeInterrupted() throws Exception {
        var receiver = Together.run(() -> receive(far)).awaitBlocked().interrupt();
        assertThatThrownBy(receiver::result).isInstanceOf(InterruptedIOException.class);
        near.send(toFar("on"));
        assertThat(receive(far)).isEqualTo(2);
    }

    @Test
    void aReceiveThatTimesOutLeavesThePortAsItWas() throws Exception {
        far.receiveTimeout(TimeUnit.MILLISECONDS.toNanos(20));
        assertThatThrownBy(() -> receive(far)).isInstanceOf(TimedOutException.class);
        near.send(toFar("late"));
        assertThat(receive(far)).isEqualTo(4);
        far.receiveTimeout(0);
        var receiver = Together.run(() -> receive(far)).awaitBlocked();
        near.send(toFar("later"));
        assertThat(receiver.result()).isEqualTo(5);
        assertThatThrownBy(() -> far.receiveTimeout(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalAtOnceAreAsOneByOne() throws Exception {
        near.send(new Datagram[] {toFar("a"), toFar(""), toFar("bc"), toFar("not sent")}, 3);
        Datagram[] into = {Datagram.create(9), Datagram.create(9)};
        assertThat(far.receive(new Datagram[0])).isZero();
        var received = new ArrayList<String>();
        while (received.size() < 3) {
            int count = far.receive(into);
            assertThat(count).isBetween(1, 2);
            for (int i = 0; i < count; i++) {
                received.add(text(into[i]));
                assertThat(into[i].remote()).isEqualTo(near.local());
            }
        }
        assertThat(received).containsExactly("a", "", "bc");
    }

    @Test
    void oneThatCanNotBeSentKeepsNoOtherFromItsWay() throws Exception {
        Datagram tooLong = Datagram.create(65_536).length(65_536).remote(far.local());
        Datagram[] three = {toFar("before"), tooLong, toFar("behind")};
        assertThatIOException().isThrownBy(() -> near.send(three, 3));
        Datagram received = Datagram.create(100);
        for (String expected : new String[] {"before", "behind"}) {
            far.receive(received);
            assertThat(text(received)).isEqualTo(expected);
        }
    }

    private static int receive(Datagrams port) throws Exception {
        Datagram received = Datagram.create(100);
        port.receive(received);
        return received.length();
    }

    private Datagram toFar(String text) {
        Datagram envelope = Datagram.create(100).remote(far.local());
        return envelope.length(envelope.buffer().putText(0, text, StandardCharsets.UTF_8));
    }

    private static String text(Datagram datagram) {
        return datagram.payload().text(StandardCharsets.UTF_8);
    }
}
