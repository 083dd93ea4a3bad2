// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.servers;

import io.helidon.webserver.WebServer;

/// Helidon as it comes: virtual threads too.
public final class HelidonServer {
    public static void main(String[] args) throws Exception {
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .routing(
                        routing -> routing.get("/hello", (_, response) -> response.send("hello\n")))
                .build()
                .start();
        Thread.currentThread().join();
    }

    private HelidonServer() {}
}
