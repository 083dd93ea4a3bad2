// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.EventFlow;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.platform.contract.EventFlowContract;
import io.mirage4j.platform.contract.FlowContract;
import io.mirage4j.platform.contract.ListenerContract;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.host.net.SocketConnector;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EpollTest {
    private static final Endpoint LOOPBACK4 = Endpoint.of("127.0.0.1:0");
    private static final Endpoint LOOPBACK6 = Endpoint.of("[::1]:0");

    @Nested
    class TheFlow extends FlowContract {
        @Override
        protected Ends open() throws IOException {
            try (var listener = EpollListener.open(LOOPBACK4)) {
                Flow far = SocketConnector.create().connect(listener.local().orElseThrow());
                return new Ends(listener.accept(), far);
            }
        }
    }

    @Nested
    class TheOtherEndOfTheFlow extends FlowContract {
        @Override
        protected Ends open() throws IOException {
            try (var listener = EpollListener.open(LOOPBACK6)) {
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                return new Ends(near, listener.accept());
            }
        }
    }

    @Nested
    class TheFlowThatTells extends EventFlowContract {
        @Override
        protected FlowContract.Ends open() throws IOException {
            try (var listener = EpollListener.open(LOOPBACK4)) {
                Flow far = SocketConnector.create().connect(listener.local().orElseThrow());
                return new FlowContract.Ends(listener.accept(), far);
            }
        }
    }

    @Nested
    class TheListener extends ListenerContract {
        @Override
        protected Meeting open() throws IOException {
            return new Meeting(EpollListener.open(LOOPBACK4), SocketConnector.create());
        }
    }

    @Nested
    class TheListenerOverIpv6 extends ListenerContract {
        @Override
        protected Meeting open() throws IOException {
            return new Meeting(EpollListener.open(LOOPBACK6), SocketConnector.create());
        }
    }

    @Test
    void programsGetItFromTheirTransport() throws IOException {
        try (var transport = new HostTransport();
                var listener = transport.listen(LOOPBACK4)) {
            assertThat(EpollListener.isSupported()).isTrue();
            assertThat(listener).isInstanceOf(EpollListener.class);
        }
    }

    @Test
    void whoComesByIpv4ToAnyAddressIsKnownByIt() throws IOException {
        try (var listener = EpollListener.open(Endpoint.of("[::]:0"))) {
            int port = listener.local().orElseThrow().port();
            Endpoint there = Endpoint.of("127.0.0.1:" + port);
            try (Flow near = SocketConnector.create().connect(there);
                    Flow far = listener.accept()) {
                assertThat(far.remote()).isEqualTo(near.local());
                assertThat(far.local()).contains(there);
            }
        }
    }

    @Test
    void arrivalThatFailsKeepsNobodyElseFromBeingTold() throws Exception {
        try (var listener = EpollListener.open(LOOPBACK4);
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow far = listener.accept()) {
            var fails = new CountDownLatch(1);
            boolean waits =
                    ((EventFlow) far)
                            .tell(
                                    () -> {
                                        fails.countDown();
                                        throw new IllegalStateException("on purpose");
                                    });
            assertThat(waits).isTrue();
            near.write(ReadOnlyCstruct.of("x"));
            fails.await();
            Cstruct buf = Cstruct.create(9);
            assertThat(far.read(buf)).isOne();
            // Not by a read, which finds what is there whether or not anybody is told of it.
            var told = new CountDownLatch(1);
            assertThat(((EventFlow) far).tell(() -> isLast(told))).isTrue();
            near.write(ReadOnlyCstruct.of("y"));
            assertThat(told.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(far.read(buf)).isOne();
            assertThat(buf.u8(0)).isEqualTo('y');
        }
    }

    private static boolean isLast(CountDownLatch latch) {
        latch.countDown();
        return false;
    }

    @Test
    void portThatIsTakenIsNamed() throws IOException {
        try (var listener = EpollListener.open(LOOPBACK4)) {
            Endpoint taken = listener.local().orElseThrow();
            assertThatIOException()
                    .isThrownBy(() -> EpollListener.open(taken))
                    .withMessageContaining("listen at " + taken);
        }
    }

    @Test
    void longTimeoutPassesWithoutATimerOfItsOwn() throws IOException {
        try (var listener = EpollListener.open(LOOPBACK4);
                Flow near = SocketConnector.create().connect(listener.local().orElseThrow());
                Flow far = listener.accept()) {
            far.readTimeout(1_200_000_000L);
            long start = System.nanoTime();
            assertThatIOException()
                    .isThrownBy(() -> far.read(Cstruct.create(1)))
                    .isInstanceOf(TimedOutException.class);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_200_000_000L);
            near.write(ReadOnlyCstruct.of("x"));
            assertThat(far.read(Cstruct.create(9))).isOne();
        }
    }

    @Test
    void manyFlowsAskAndAnswerAtOnce() throws Exception {
        try (var listener = EpollListener.open(LOOPBACK4)) {
            Endpoint endpoint = listener.local().orElseThrow();
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Flow near = SocketConnector.create().connect(endpoint);
                Flow far = listener.accept();
                threads.add(Thread.ofVirtual().start(() -> answer(far)));
                threads.add(Thread.ofVirtual().unstarted(() -> ask(near, failures)));
                threads.getLast().start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    private static void answer(Flow flow) {
        Cstruct buf = Cstruct.create(100);
        try (flow) {
            for (int count; (count = flow.read(buf)) > 0; ) {
                flow.write(buf.sub(0, count));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void ask(Flow flow, List<Throwable> failures) {
        Cstruct buf = Cstruct.create(100);
        try (flow) {
            for (int turn = 0; turn < 200; turn++) {
                ReadOnlyCstruct question = ReadOnlyCstruct.of("question " + turn);
                flow.write(question);
                int heard = 0;
                while (heard < question.length()) {
                    int count = flow.read(buf.shift(heard));
                    if (count == Flow.END) throw new AssertionError("no more in turn " + turn);
                    heard += count;
                }
                if (!buf.sub(0, heard).equals(question)) {
                    throw new AssertionError("not the answer to " + turn);
                }
            }
        } catch (IOException | AssertionError e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }
}
