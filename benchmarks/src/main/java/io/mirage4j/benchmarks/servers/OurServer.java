// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.servers;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.server.Deadlines;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.http.server.Prepared;
import io.mirage4j.http.server.PreparedPaths;
import io.mirage4j.http.server.ServerLimits;
import io.mirage4j.http.server.StaticContent;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.file.DirectoryKv;
import io.mirage4j.platform.host.linux.EpollListener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// cohttp: hello, the octets of its heap that are in use, and the files of a folder.
public final class OurServer {
    public static void main(String[] args) throws Exception {
        Prepared hello =
                Prepared.of(
                        Response.of(200, "Content-Type", "text/plain"),
                        ReadOnlyCstruct.of("hello\n"));
        Handler files =
                StaticContent.of(DirectoryKv.open(Path.of(args.length > 1 ? args[1] : ".")));
        Handler handler =
                exchange -> {
                    if (exchange.request().path().equals("/heap")) {
                        heap(exchange);
                    } else {
                        files.handle(exchange);
                    }
                };
        HttpServer.builder(handler, new HostClock())
                .shortcut(new PreparedPaths(Map.of("/hello", hello)))
                .limits(
                        ServerLimits.DEFAULT
                                .withConnections(20_000)
                                .withRequestsPerConnection(Integer.MAX_VALUE))
                .deadlines(Deadlines.DEFAULT.withIdle(600_000_000_000L))
                .build()
                .start(EpollListener.open(Endpoint.of("127.0.0.1:" + args[0])));
        Thread.currentThread().join();
    }

    private static void heap(Exchange exchange) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        String used = Long.toString(runtime.totalMemory() - runtime.freeMemory());
        exchange.respond(Response.of(200), ReadOnlyCstruct.of(used));
    }

    private OurServer() {}
}
