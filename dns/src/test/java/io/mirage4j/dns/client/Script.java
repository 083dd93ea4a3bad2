// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Edns;
import io.mirage4j.dns.HeaderWire;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.memory.SeededEntropy;

import java.util.ArrayList;
import java.util.List;

/// An inquiry, and the servers that it talks to, in a time that stands still until it is moved.
final class Script {
    static final Endpoint FIRST = Endpoint.of("192.0.2.53:53");
    static final Endpoint SECOND = Endpoint.of("[2001:db8::53]:53");
    static final Question WWW = question("www.example.org.", RrType.A);
    static final long SECONDS = 1_000_000_000;

    final StubResolver resolver;
    long now = 5 * SECONDS;
    Inquiry inquiry;
    Action action;

    private Script(ClientOptions options, Question question) {
        resolver = new StubResolver(options, new SeededEntropy(7));
        inquiry = resolver.ask(question);
        action = inquiry.start(now);
    }

    static Script asking(Question question, ClientOptions options) {
        return new Script(options, question);
    }

    /// One that asks [#FIRST], then [#SECOND].
    static Script asking(Question question) {
        return asking(question, ClientOptions.of(FIRST, SECOND));
    }

    static Question question(String name, int type) {
        return new Question(DnsName.of(name), type, RrClass.IN);
    }

    static List<ResourceRecord> records(String... lines) {
        List<ResourceRecord> records = new ArrayList<>();
        for (String line : lines) {
            records.add(ResourceRecord.parse(line, DnsName.ROOT, DnsName.ROOT, 300).orThrow());
        }
        return records;
    }

    /// Another question to the same resolver.
    Script asks(Question question) {
        inquiry = resolver.ask(question);
        action = inquiry.start(now);
        return this;
    }

    Endpoint server() {
        return switch (action) {
            case Action.Ask ask -> ask.server();
            case Action.AskByStream ask -> ask.server();
            default -> throw new AssertionError("nobody is asked: " + action);
        };
    }

    boolean isStream() {
        return action instanceof Action.AskByStream;
    }

    Message query() {
        return Message.parse(octets()).orThrow();
    }

    ReadOnlyCstruct octets() {
        return switch (action) {
            case Action.Ask ask -> ask.query();
            case Action.AskByStream ask -> ask.query();
            default -> throw new AssertionError("nothing is asked: " + action);
        };
    }

    /// What a resolver makes of a query.
    static Message answer(Message query, int rcode, List<ResourceRecord> answers) {
        return new Message(
                query.id(),
                HeaderWire.QR | HeaderWire.RD | HeaderWire.RA | (rcode & 15),
                query.questions(),
                answers,
                List.of(),
                List.of(),
                query.edns() == null ? null : new Edns(1232, rcode >> 4, 0, 0, List.of()));
    }

    static Message with(Message message, int flags) {
        return new Message(
                message.id(),
                flags,
                message.questions(),
                message.answers(),
                message.authorities(),
                message.additionals(),
                message.edns());
    }

    static Message withEdns(Message message, Edns edns) {
        return new Message(
                message.id(),
                message.flags(),
                message.questions(),
                message.answers(),
                message.authorities(),
                message.additionals(),
                edns);
    }

    static Message withAuthority(Message message, String... lines) {
        return new Message(
                message.id(),
                message.flags(),
                message.questions(),
                message.answers(),
                records(lines),
                message.additionals(),
                message.edns());
    }

    /// The server that is asked answers, in the way in which it is asked.
    Script gets(Message message) {
        return gets(server(), message.toOctets().readOnly());
    }

    Script gets(Endpoint from, ReadOnlyCstruct octets) {
        action =
                isStream()
                        ? inquiry.receiveByStream(octets, now)
                        : inquiry.receive(from, octets, now);
        return this;
    }

    Script getsRecords(String... lines) {
        return gets(answer(query(), 0, records(lines)));
    }

    Script getsRcode(int rcode) {
        return gets(answer(query(), rcode, List.of()));
    }

    /// Nothing comes for as long as the inquiry waits, which is told.
    long waits() {
        long deadline =
                switch (action) {
                    case Action.Ask ask -> ask.deadlineNanos();
                    case Action.AskByStream ask -> ask.deadlineNanos();
                    case Action.Listen listen -> listen.deadlineNanos();
                    default -> throw new AssertionError("it does not wait: " + action);
                };
        long waited = deadline - now;
        now = deadline;
        action = inquiry.advance(now);
        return waited;
    }

    Answer answer() {
        assertThat(action).isInstanceOf(Action.Done.class);
        return ((Action.Done) action).answer();
    }

    String failure() {
        assertThat(action).isInstanceOf(Action.Failed.class);
        return ((Action.Failed) action).failure().message();
    }
}
