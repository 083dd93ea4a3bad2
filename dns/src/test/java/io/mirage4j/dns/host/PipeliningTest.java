// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.client.Answer;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.server.Responder;
import io.mirage4j.dns.server.ServerOptions;
import io.mirage4j.dns.zone.RandomZones;
import io.mirage4j.dns.zone.Zones;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.host.net.SocketDatagrams;
import io.mirage4j.platform.host.net.SocketListener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Many questions on one stream.
@Timeout(60)
class PipeliningTest {
    private static final int QUESTIONS = 60;

    private final AtomicInteger connects = new AtomicInteger();
    private final Connector counted =
            remote -> {
                connects.incrementAndGet();
                return SocketConnector.create().connect(remote);
            };
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SocketListener listener;
    private ClientOptions options;
    private DnsClient dns;

    @BeforeEach
    void listen() throws IOException {
        listener = SocketListener.open(Endpoint.of("127.0.0.1:0"));
        options =
                ClientOptions.of(listener.local().orElseThrow())
                        .withTransport(ClientOptions.Transport.STREAM)
                        .withPatience(2_000_000_000L, 2);
        dns = client(new HostEntropy());
    }

    private DnsClient client(Entropy entropy) {
        return new DnsClient(options, SocketDatagrams::open, counted, entropy, new HostClock());
    }

    @AfterEach
    void close() throws IOException {
        dns.close();
        listener.close();
        threads.shutdownNow();
    }

    private List<Future<Answer>> ask(int count) {
        return ask(dns, count);
    }

    private List<Future<Answer>> ask(DnsClient dns, int count) {
        List<Future<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "h" + i + ".example.test";
            asked.add(threads.submit(() -> dns.lookup(name, RrType.A)));
        }
        return asked;
    }

    private static void checkAnswers(List<Future<Answer>> asked) throws Exception {
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).get().name()).hasToString("h" + i + ".example.test.");
            assertThat(asked.get(i).get().outcome()).isEqualTo(Answer.Outcome.NO_SUCH_NAME);
        }
    }

    /// Takes so many questions before any is answered.
    private static List<Cstruct> take(Flow flow, int count) throws IOException {
        List<Cstruct> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Cstruct prefix = Cstruct.create(2);
            fill(flow, prefix);
            Cstruct question = Cstruct.create(prefix.u16be(0));
            fill(flow, question);
            questions.add(question);
        }
        return questions;
    }

    private static void fill(Flow flow, Cstruct buf) throws IOException {
        for (int have = 0; have < buf.length(); ) {
            int read = flow.read(buf.sub(have, buf.length() - have));
            if (read == Flow.END) throw new IOException("the client has closed");
            have += read;
        }
    }

    private static void answer(Flow flow, List<Cstruct> questions) throws IOException {
        var responder = new Responder(ServerOptions.of(1, 2));
        responder.zones(Zones.of(RandomZones.zone("")));
        Cstruct buf = Cstruct.create(Responder.MAX_OCTETS + 2);
        IpAddress client = IpAddress.of("127.0.0.1");
        for (Cstruct question : questions) {
            Cstruct answer = buf.sub(2, Responder.MAX_OCTETS);
            int length = responder.stream(question.readOnly(), client, answer, 0);
            buf.putU16be(0, length);
            flow.write(buf.sub(0, 2 + length).readOnly());
        }
    }

    @Test
    void questionsShareOneStreamAndAnswersComeInAnyOrder() throws Exception {
        List<Future<Answer>> asked = ask(QUESTIONS);
        Flow flow = listener.accept();
        answer(flow, take(flow, QUESTIONS).reversed());
        checkAnswers(asked);
        assertThat(connects).hasValue(1);
    }

    @Test
    void questionsWithTheSameIdShareOneToo() throws Exception {
        Entropy zeros = () -> 0;
        try (var unlucky = client(zeros)) {
            List<Future<Answer>> asked = ask(unlucky, QUESTIONS);
            Flow flow = listener.accept();
            answer(flow, take(flow, QUESTIONS).reversed());
            checkAnswers(asked);
            assertThat(connects).hasValue(1);
        }
    }

    @Test
    void aStreamThatEndsInTheMiddleIsMadeAgain() throws Exception {
        List<Future<Answer>> asked = ask(QUESTIONS);
        Flow first = listener.accept();
        answer(first, take(first, QUESTIONS).subList(0, 10));
        first.close();
        Flow second = listener.accept();
        answer(second, take(second, QUESTIONS - 10));
        checkAnswers(asked);
        assertThat(connects).hasValue(2);
    }

    @Test
    void aQuestionWithoutAnAnswerHoldsUpNoOther() throws Exception {
        List<Future<Answer>> asked = ask(QUESTIONS);
        Flow flow = listener.accept();
        List<Cstruct> questions = take(flow, QUESTIONS);
        Cstruct left = questions.removeFirst();
        answer(flow, questions);
        String silent = Message.parse(left).orThrow().questions().getFirst().name().toString();
        // It is asked again on another stream, since this one owes an answer.
        Flow second = listener.accept();
        answer(second, take(second, 1));
        checkAnswers(asked);
        assertThat(connects).hasValue(2);
        assertThat(silent).startsWith("h");
    }

    @Test
    void closingEndsAllThatAreUnderWay() throws Exception {
        List<Future<Answer>> asked = ask(QUESTIONS);
        Flow flow = listener.accept();
        take(flow, QUESTIONS);
        dns.close();
        for (Future<Answer> each : asked) {
            assertThatThrownBy(each::get).hasMessageContaining("the client is closed");
        }
    }

    @Test
    void moreThanOneStreamTakesAreAskedOnOthers() throws Exception {
        List<Future<Answer>> asked = ask(150);
        Flow first = listener.accept();
        Flow second = listener.accept();
        answer(first, take(first, 100));
        answer(second, take(second, 50));
        checkAnswers(asked);
        assertThat(connects).hasValue(2);
    }
}
