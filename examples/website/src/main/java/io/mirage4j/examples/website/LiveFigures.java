// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.website;

import io.mirage4j.dns.server.Counters;
import io.mirage4j.http.server.EventHub;
import io.mirage4j.http.server.ServerMetrics;
import io.mirage4j.http.sse.ServerSentEvent;

import java.io.Closeable;
import java.util.List;
import java.util.function.Supplier;

/// What the servers do, as an event each second for whoever looks at the live page.
final class LiveFigures implements Closeable {
    private static final long SECOND_MILLIS = 1000;
    private static final int KEPT = 1;
    private static final int MOST_BEHIND = 16;

    final EventHub hub = new EventHub(KEPT, MOST_BEHIND);

    private final ServerMetrics http;
    private final Supplier<List<Counters>> dns;
    private final String platform;
    private final Thread thread;
    private long seconds;

    LiveFigures(ServerMetrics http, Supplier<List<Counters>> dns, String platform) {
        this.http = http;
        this.dns = dns;
        this.platform = platform;
        thread = Thread.ofVirtual().name("live figures").start(this::publish);
    }

    private void publish() {
        try {
            while (true) {
                hub.publish(ServerSentEvent.of(json()).withType("figures"));
                Thread.sleep(SECOND_MILLIS);
                seconds++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String json() {
        long queries = dns.get().stream().mapToLong(Counters::answers).sum();
        Runtime runtime = Runtime.getRuntime();
        long memory = (runtime.totalMemory() - runtime.freeMemory()) / 1024;
        return "{\"requests\":%d,\"connections\":%d,\"queries\":%d,\"memory\":%d,\"uptime\":%d,\"platform\":\"%s\"}"
                .formatted(http.requests(), http.connections(), queries, memory, seconds, platform);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hub.close();
    }
}
