// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.dns.Blob;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.RrType;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Entropy;

import java.util.ArrayList;
import java.util.List;

/// A client of name servers without sockets: what it knows of its servers, the answers that still
/// hold, and an [Inquiry] for each question, any number at a time.
///
/// ```java
/// Inquiry inquiry = resolver.ask(question);
/// for (Action action = inquiry.start(now); ; ) {
///     action = switch (action) {
///         case Action.Ask ask -> ...      // send, then inquiry.receive(from, octets, now)
///         ...
/// ```
///
/// One owner at a time for it and all its inquiries.
public final class StubResolver {
    final ClientOptions options;
    final Entropy entropy;
    private final AnswerCache cache;
    private final List<ServerState> servers = new ArrayList<>();
    private int rotation;

    public StubResolver(ClientOptions options, Entropy entropy) {
        this.options = options;
        this.entropy = entropy;
        this.cache = new AnswerCache(options.cachedAnswers());
        for (Endpoint server : options.servers()) {
            Cstruct cookie = Cstruct.create(8);
            entropy.fill(cookie);
            servers.add(new ServerState(server, Blob.of(cookie.toByteArray())));
        }
    }

    public ClientOptions options() {
        return options;
    }

    /// A question on its way, which [Inquiry#start] sends.
    ///
    /// @throws IllegalArgumentException if the type is none to look up, as that of a transfer
    public Inquiry ask(Question question) {
        switch (question.type()) {
            case RrType.AXFR, RrType.IXFR, RrType.OPT, RrType.TSIG, RrType.TKEY, 0 ->
                    throw new IllegalArgumentException(
                            RrType.name(question.type()) + " is not for looking up");
            default -> {}
        }
        return new Inquiry(this, question);
    }

    /// Forgets all answers.
    public void clear() {
        cache.clear();
    }

    AnswerCache cache() {
        return cache;
    }

    /// Whom to ask, in this order: those that were late lately come last.
    List<ServerState> order(long now) {
        List<ServerState> order = new ArrayList<>();
        int first = 0;
        if (options.has(ClientOptions.Feature.ROTATE)) {
            first = rotation;
            rotation = (rotation + 1) % servers.size();
        }
        for (int late = 0; late < 2; late++) {
            for (int i = 0; i < servers.size(); i++) {
                ServerState server = servers.get((first + i) % servers.size());
                if (server.isLate(now) == (late == 1)) {
                    order.add(server);
                }
            }
        }
        return order;
    }
}
