// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryNetwork;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The samples of README.md for server and client, word for word.
class EdgeSamplesTest {
    @Test
    void serverAndClientMeet() throws Exception {
        var network = new MemoryNetwork();
        Clock clock = new HostClock();
        Listener listener = network.listen(Endpoint.of("192.0.2.1:80"));
        Connector connector = network.connector(IpAddress.of("192.0.2.2"));
        Resolver resolver = _ -> List.of(IpAddress.of("192.0.2.1"));

        Handler hello =
                exchange ->
                        exchange.respond(
                                Response.of(200, "Content-Type", "text/plain"),
                                ReadOnlyCstruct.of("Hello\n"));
        HttpServer server = HttpServer.builder(hello, clock).build().start(listener);

        String text;
        try (HttpClient client = HttpClient.builder(connector, resolver, clock).build();
                ClientResponse response = client.send(ClientRequest.get("http://example.org/"))) {
            text = response.text(1 << 20);
        }

        assertThat(text).isEqualTo("Hello\n");
        server.drain(1_000_000_000L);
    }
}
