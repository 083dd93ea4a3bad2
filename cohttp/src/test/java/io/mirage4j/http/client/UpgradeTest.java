// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Response;
import io.mirage4j.http.cache.PrivateCache;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A client that asks for another protocol.
@Timeout(60)
class UpgradeTest {
    private static final ClientRequest SHOUT = ClientRequest.get(Web.URI).upgrade("shout");

    private final Web web = new Web();

    /// Says hello, and everything again in capitals; whoever does not ask for it gets 426.
    private static void shout(Exchange exchange) throws IOException {
        if (!exchange.request().fields().lists("upgrade", "shout") || !exchange.asksForTunnel()) {
            exchange.respond(Response.of(426, "Upgrade", "shout"), ReadOnlyCstruct.of("ask"));
            return;
        }
        Flow flow = exchange.tunnel(Response.of(101, "Upgrade", "shout"));
        flow.write(ReadOnlyCstruct.of("hello!"));
        Cstruct buf = Cstruct.create(100);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            String said = buf.text(0, count, StandardCharsets.US_ASCII);
            flow.write(ReadOnlyCstruct.of(said.replace("o", "O")));
        }
        flow.write(ReadOnlyCstruct.of("."));
    }

    private static String toTheEnd(Flow flow) throws IOException {
        var all = new StringBuilder();
        Cstruct buf = Cstruct.create(4);
        for (int count; (count = flow.read(buf)) != Flow.END; ) {
            all.append(buf.text(0, count, StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    @Test
    void flowGoesBothWaysAfter101() throws IOException {
        try (HttpServer server = web.serve(UpgradeTest::shout);
                HttpClient client = web.client().cache(new PrivateCache(1 << 20)).build();
                ClientResponse response = client.send(SHOUT)) {
            assertThat(response.status()).isEqualTo(101);
            Flow flow = response.tunnel();
            flow.write(ReadOnlyCstruct.of("who goes"));
            flow.shutdownOutput();
            assertThat(toTheEnd(flow)).isEqualTo("hello!whO gOes.");
        }
    }

    @Test
    void whatCameBehindTheHeadIsReadFirst() throws IOException {
        try (Listener listener = web.listen();
                HttpClient client = web.client().build()) {
            answer(
                    listener,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: shout\r\nConnection: Upgrade"
                            + "\r\n\r\nearly octets");
            try (ClientResponse response = client.send(SHOUT)) {
                assertThat(toTheEnd(response.tunnel())).isEqualTo("early octets");
            }
        }
    }

    @Test
    void connectionServesAgainWhereTheServerStaysWithHttp() throws IOException {
        try (HttpServer server = web.serve(UpgradeTest::shout);
                HttpClient client = web.client().build()) {
            ClientRequest other = ClientRequest.get(Web.URI).upgrade("whisper");
            assertThat(Web.text(client, other)).isEqualTo("426 ask");
            try (ClientResponse response = client.send(other)) {
                assertThatThrownBy(response::tunnel).isInstanceOf(IllegalStateException.class);
            }
            assertThat(web.connects()).isEqualTo(1);
        }
    }

    @Test
    void tunnelGivesItsPlaceBackWhenTheResponseIsClosed() throws IOException {
        try (HttpServer server = web.serve(UpgradeTest::shout);
                HttpClient client = web.client().connectionsPerOrigin(1).build()) {
            for (int turn = 1; turn <= 3; turn++) {
                try (ClientResponse response = client.send(SHOUT)) {
                    response.tunnel().write(ReadOnlyCstruct.of("o"));
                }
                assertThat(web.connects()).isEqualTo(turn);
            }
        }
    }

    @Test
    void protocolThatNobodyAskedForIsAFault() throws IOException {
        try (Listener listener = web.listen();
                HttpClient client = web.client().build()) {
            answer(
                    listener,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
            assertThatThrownBy(() -> client.send(ClientRequest.get(Web.URI)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not asked for");
        }
    }

    @Test
    void protocolWithoutANameIsAFault() throws IOException {
        try (Listener listener = web.listen();
                HttpClient client = web.client().build()) {
            answer(listener, "HTTP/1.1 101 Switching Protocols\r\n\r\n");
            assertThatThrownBy(() -> client.send(SHOUT)).isInstanceOf(IOException.class);
        }
    }

    /// Waits for one request, says `text`, and ends.
    private static void answer(Listener listener, String text) {
        Thread.startVirtualThread(
                () -> {
                    try (Flow flow = listener.accept()) {
                        flow.read(Cstruct.create(4096));
                        flow.write(ReadOnlyCstruct.of(text));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
