// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.httpserver;

import io.mirage4j.http.Handler;
import io.mirage4j.http.server.AccessLog;
import io.mirage4j.http.server.GzipContent;
import io.mirage4j.http.server.HttpServer;
import io.mirage4j.http.server.ServerLimits;
import io.mirage4j.http.server.ServerMetrics;
import io.mirage4j.http.server.StaticContent;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Console;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Kv;
import io.mirage4j.platform.Listener;

import java.util.concurrent.TimeUnit;

/// The values of a [Kv] as a site, and the server's numbers elsewhere. It knows contracts only, so
/// it runs wherever there are some.
final class FileSite {
    private final Console console;
    private final HttpServer server;
    private final HttpServer numbers;

    FileSite(Kv files, Clock clock, Console console, LogForm log) {
        this.console = console;
        Handler content = new GzipContent(StaticContent.of(files).withNotFoundPage("404.html"));
        var metrics = new ServerMetrics();
        server =
                HttpServer.builder(content, clock)
                        .metrics(metrics)
                        .log(log.on(console))
                        .limits(ServerLimits.within(Runtime.getRuntime().maxMemory()))
                        .build();
        numbers = HttpServer.builder(metrics.page(), clock).build();
    }

    /// How requests are logged.
    enum LogForm {
        NONE,
        COMMON,
        JSON;

        private AccessLog on(Console console) {
            return switch (this) {
                case NONE -> AccessLog.NONE;
                case COMMON -> AccessLog.common(console);
                case JSON -> AccessLog.json(console);
            };
        }
    }

    /// Serves who comes to `listener`, and says where that is.
    void start(Listener listener, Endpoint where) {
        server.start(listener);
        console.println("http-server: http://" + where + "/");
    }

    /// Serves the numbers of the server of files, for Prometheus.
    void startNumbers(Listener listener) {
        numbers.start(listener);
    }

    /// Ends in order, and cuts off who is not done after ten seconds.
    void stop() {
        numbers.close();
        try {
            int cut = server.drain(TimeUnit.SECONDS.toNanos(10));
            console.println("http-server: drained, " + cut + " connections cut");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
