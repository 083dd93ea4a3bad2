// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.Handler;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryNetwork;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// One web server in a network in memory, and clients that find it under any name.
final class Web {
    static final Clock CLOCK = new HostClock();
    static final String URI = "http://web.example/";

    private static final Endpoint SERVER = Endpoint.of("192.0.2.1:80");

    private final MemoryNetwork network = new MemoryNetwork();
    private final AtomicInteger connects = new AtomicInteger();

    /// What becomes of each flow that a client opens.
    private UnaryOperator<Flow> wire = flow -> flow;

    HttpServer serve(Handler handler) throws IOException {
        return HttpServer.builder(handler, CLOCK).build().start(listen());
    }

    Listener listen() throws IOException {
        return network.listen(SERVER);
    }

    void wire(UnaryOperator<Flow> wire) {
        this.wire = wire;
    }

    int connects() {
        return connects.get();
    }

    HttpClient.Builder client() {
        Connector connector =
                remote -> {
                    connects.incrementAndGet();
                    return wire.apply(network.connector(IpAddress.of("192.0.2.9")).connect(remote));
                };
        return HttpClient.builder(connector, _ -> List.of(SERVER.address()), CLOCK);
    }

    static String text(HttpClient client, ClientRequest request) throws IOException {
        try (ClientResponse response = client.send(request)) {
            return response.status() + " " + response.text(1 << 24);
        }
    }
}
