// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.EdnsOption.ExtendedError;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.Rcode;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.platform.Endpoint;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One question on its way to an answer: told what came and what time it is, it says what to do
/// next. Servers are asked in turn, and again in rounds of which each is twice as patient, but for
/// those that have refused. Every call does a bounded amount of work and every question ends.
public final class Inquiry {
    /// As many datagrams that are no answer make forging likely.
    private static final int MOST_STRAYS = 16;

    /// How often one server is asked at once in other ways: without EDNS, with its cookie, by
    /// stream.
    private static final int MOST_WAYS = 4;

    private static final int MOST_DOUBLINGS = 4;

    private final StubResolver resolver;
    private final ClientOptions options;
    private final Question question;
    private final Troubles troubles = new Troubles();
    private final Set<ServerState> refused = new HashSet<>();

    /// What is asked now: the question, or one for where its aliases have led.
    private Question asked;

    private List<ResourceRecord> aliases = List.of();
    private List<ServerState> servers = List.of();
    private int position;
    private int round;

    private @Nullable ServerState server;
    private @Nullable Query query;
    private long deadlineNanos;
    private int ways;
    private int strays;

    Inquiry(StubResolver resolver, Question question) {
        this.resolver = resolver;
        this.options = resolver.options;
        this.question = question;
        this.asked = question;
    }

    /// The first thing to do.
    public Action start(long now) {
        Answer known = resolver.cache().get(question, now);
        if (known != null) return new Action.Done(known);
        servers = resolver.order(now);
        return nextServer(now);
    }

    /// A datagram came.
    public Action receive(Endpoint from, ReadOnlyCstruct octets, long now) {
        return replied(asking().read(from, octets), now);
    }

    /// A message came over the stream.
    public Action receiveByStream(ReadOnlyCstruct octets, long now) {
        return replied(asking().read(serverAsked().endpoint, octets), now);
    }

    /// What was to be done could not be, or the stream has ended: `reason` in a few words.
    public Action fail(String reason, long now) {
        troubles.add(serverAsked().endpoint, reason);
        serverAsked().missed(now);
        return nextServer(now);
    }

    /// Time goes by: nothing may come any more once the deadline is over.
    public Action advance(long now) {
        if (now - deadlineNanos < 0) return new Action.Listen(deadlineNanos);
        serverAsked().missed(now);
        troubles.add(serverAsked().endpoint, "did not answer in time");
        return nextServer(now);
    }

    private Action replied(Reply reply, long now) {
        return switch (reply) {
            case Reply.Ours(Message message) -> answered(message, now);
            case Reply.Stray(String reason) -> {
                if (++strays < MOST_STRAYS) yield new Action.Listen(deadlineNanos);
                yield otherWay(true, reason + ", as others did before", now);
            }
            case Reply.Doubtful(String reason) -> otherWay(true, reason, now);
            case Reply.Broken(String reason) -> {
                troubles.add(serverAsked().endpoint, reason);
                yield nextServer(now);
            }
        };
    }

    private Action answered(Message message, long now) {
        ServerState server = serverAsked();
        server.answered();
        boolean isStream = asking().isStream();
        switch (message.rcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> {
                if (!message.is(HeaderWire.TC)) return read(message, now);
                return otherWay(true, "cut its answer off", now);
            }
            case Rcode.BADCOOKIE -> {
                // RFC 7873, 5.3: once more with the cookie that came along, then without datagrams.
                return otherWay(isStream || ways > 0, "did not take its own cookie", now);
            }
            case Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS -> {
                // RFC 6891, 7.
                if (asking().hasEdns()) {
                    server.lacksEdns(now);
                    return otherWay(isStream, says(message), now);
                }
            }
            default -> {}
        }
        return refused(says(message), now);
    }

    private Action read(Message message, long now) {
        boolean trustsAd = options.has(ClientOptions.Feature.TRUST_AD);
        var reader = new AnswerReader(question, asked.name(), aliases, trustsAd);
        return switch (reader.read(message, serverAsked().endpoint)) {
            case AnswerReader.Reading.Whole(Answer answer) -> {
                resolver.cache().put(answer, now);
                yield new Action.Done(answer);
            }
            case AnswerReader.Reading.GoOn(var target, var before) -> {
                asked = new Question(target, question.type(), question.rrClass());
                aliases = before;
                position = 0;
                round = 0;
                yield nextServer(now);
            }
            case AnswerReader.Reading.Useless(String reason) -> refused(reason, now);
        };
    }

    private static String says(Message message) {
        var text = new StringBuilder("says ").append(Rcode.name(message.rcode()));
        for (ExtendedError error : Answer.errors(message)) {
            text.append(" (extended error ").append(error.info());
            if (!error.text().isEmpty()) {
                text.append(": ").append(printable(error.text()));
            }
            text.append(')');
        }
        return text.toString();
    }

    /// A server's own words go into messages and logs: on one line, and not for ever.
    private static String printable(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .limit(200)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /// The same server once more.
    private Action otherWay(boolean byStream, String reason, long now) {
        boolean isLast = ++ways == MOST_WAYS;
        // What is wrong with an answer over a stream, another stream will not mend.
        boolean isSame = byStream && asking().isStream() && asking().hasEdns() == hasEdns(now);
        return isLast || isSame ? refused(reason, now) : ask(byStream, now);
    }

    private boolean hasEdns(long now) {
        return options.has(ClientOptions.Feature.EDNS) && serverAsked().knowsEdns(now);
    }

    private Action refused(String reason, long now) {
        troubles.add(serverAsked().endpoint, reason);
        refused.add(serverAsked());
        return nextServer(now);
    }

    private Action nextServer(long now) {
        for (; round < options.attempts(); round++, position = 0) {
            while (position < servers.size()) {
                ServerState next = servers.get(position++);
                if (refused.contains(next)) continue;
                server = next;
                ways = 0;
                return ask(options.transport() != ClientOptions.Transport.DATAGRAM, now);
            }
        }
        return new Action.Failed(new LookupFailure(question, troubles.list()));
    }

    private Action ask(boolean byStream, long now) {
        ServerState server = serverAsked();
        var query = new Query(server, asked, options, byStream, resolver.entropy, now);
        this.query = query;
        strays = 0;
        // A stream takes a round trip more, to be made.
        int doublings = Math.min(round, MOST_DOUBLINGS) + (byStream ? 1 : 0);
        deadlineNanos = now + (options.timeoutNanos() << doublings);
        return byStream
                ? new Action.AskByStream(server.endpoint, query.octets(), deadlineNanos)
                : new Action.Ask(server.endpoint, query.octets(), deadlineNanos);
    }

    private Query asking() {
        Query query = this.query;
        if (query == null) throw new IllegalStateException("nothing was asked: start comes first");
        return query;
    }

    private ServerState serverAsked() {
        ServerState server = this.server;
        if (server == null) throw new IllegalStateException("nobody was asked: start comes first");
        return server;
    }
}
