// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InterruptedIOException;

/// What every [Listener] and [Connector] over IP do together.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ListenerContract {
    /// A listener at a free port, and a connector that reaches it.
    public record Meeting(Listener listener, Connector connector) {}

    private Listener listener;
    private Connector connector;
    private Endpoint endpoint;

    protected abstract Meeting open() throws Exception;

    @BeforeEach
    final void listen() throws Exception {
        Meeting meeting = open();
        listener = meeting.listener();
        connector = meeting.connector();
        endpoint = listener.local().orElseThrow();
    }

    @AfterEach
    final void stopListening() throws Exception {
        listener.close();
    }

    @Test
    void whoConnectsIsAccepted() throws Exception {
        try (Flow client = connector.connect(endpoint);
                Flow server = listener.accept()) {
            client.write(ReadOnlyCstruct.of("x"));
            Cstruct buf = Cstruct.create(1);
            assertThat(server.read(buf)).isOne();
            assertThat(buf.u8(0)).isEqualTo('x');
        }
    }

    @Test
    void bothEndsKnowWhereTheyAre() throws Exception {
        try (Flow client = connector.connect(endpoint);
                Flow server = listener.accept()) {
            assertThat(client.remote()).contains(endpoint);
            assertThat(server.local()).contains(endpoint);
            assertThat(server.remote()).isEqualTo(client.local());
            assertThat(client.local().orElseThrow().port()).isPositive();
        }
    }

    @Test
    void acceptWaits() throws Exception {
        var acceptor = Together.run(listener::accept).awaitBlocked();
        try (Flow client = connector.connect(endpoint);
                Flow server = acceptor.result()) {
            assertThat(server.remote()).isEqualTo(client.local());
        }
    }

    @Test
    void closeWakesWhoWaits() throws Exception {
        var first = Together.run(listener::accept).awaitBlocked();
        var second = Together.run(listener::accept).awaitBlocked();
        listener.close();
        assertThatIOException().isThrownBy(first::result);
        assertThatIOException().isThrownBy(second::result);
        assertThatIOException().isThrownBy(listener::accept);
    }

    @Test
    void nobodyConnectsToAClosedListener() throws Exception {
        listener.close();
        listener.close();
        assertThatIOException()
                .isThrownBy(() -> connector.connect(endpoint))
                .withMessageContaining(endpoint.toString());
    }

    @Test
    void flowsOutliveTheirListener() throws Exception {
        try (Flow client = connector.connect(endpoint);
                Flow server = listener.accept()) {
            listener.close();
            server.write(ReadOnlyCstruct.of("x"));
            assertThat(client.read(Cstruct.create(1))).isOne();
        }
    }

    @Test
    void whoWasNotAcceptedIsAborted() throws Exception {
        try (Flow client = connector.connect(endpoint)) {
            listener.close();
            assertThatIOException().isThrownBy(() -> client.read(Cstruct.create(1)));
        }
    }

    @Test
    void acceptCanBeInterrupted() throws Exception {
        var acceptor = Together.run(listener::accept).awaitBlocked().interrupt();
        assertThatThrownBy(acceptor::result).isInstanceOf(InterruptedIOException.class);
        try (Flow client = connector.connect(endpoint);
                Flow server = listener.accept()) {
            assertThat(server.remote()).isEqualTo(client.local());
        }
    }
}
