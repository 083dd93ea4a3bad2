// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;

import java.util.concurrent.atomic.LongAdder;

/// What a server has done, in numbers. Counting allocates nothing.
public final class ServerMetrics {
    private static final long[] BUCKETS = {
        1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L, 10_000_000_000L
    };
    private static final String[] BUCKET_NAMES = {"0.001", "0.01", "0.1", "1", "10", "+Inf"};
    private static final int CLASSES = 10;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder octetsSent = new LongAdder();
    private final LongAdder durationNanos = new LongAdder();
    private final LongAdder[] byClass = adders(CLASSES);
    private final LongAdder[] byDuration = adders(BUCKET_NAMES.length);

    private static LongAdder[] adders(int count) {
        var adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void accepted() {
        accepted.increment();
    }

    void ended() {
        ended.increment();
    }

    void refused() {
        refused.increment();
    }

    void timedOut() {
        timedOut.increment();
    }

    void failure() {
        failures.increment();
    }

    void answered(int status, long octets, long nanos) {
        byClass[status / 100].increment();
        octetsSent.add(octets);
        durationNanos.add(nanos);
        int bucket = 0;
        while (bucket < BUCKETS.length && nanos > BUCKETS[bucket]) {
            bucket++;
        }
        byDuration[bucket].increment();
    }

    /// Connections that are open.
    public long connections() {
        return accepted.sum() - ended.sum();
    }

    /// Requests that were answered, with whatever status.
    public long requests() {
        long sum = 0;
        for (LongAdder adder : byClass) {
            sum += adder.sum();
        }
        return sum;
    }

    /// Requests with a status of this class, 1 to 9.
    public long requests(int statusClass) {
        return byClass[statusClass].sum();
    }

    /// Requests that were malformed.
    public long refusals() {
        return refused.sum();
    }

    /// Handlers that threw.
    public long handlerFailures() {
        return failures.sum();
    }

    /// Connections that a deadline ended.
    public long timeouts() {
        return timedOut.sum();
    }

    /// The numbers as text, in the form that Prometheus reads.
    public String emit() {
        var out = new StringBuilder();
        gauge(out, "http_connections", "Connections that are open.", connections());
        counter(out, "http_connections_total", "Connections accepted.", accepted.sum());
        counter(out, "http_malformed_total", "Requests refused as malformed.", refused.sum());
        counter(out, "http_timeouts_total", "Connections ended by a deadline.", timedOut.sum());
        counter(out, "http_handler_failures_total", "Handlers that threw.", failures.sum());
        counter(out, "http_sent_octets_total", "Octets of responses.", octetsSent.sum());
        head(out, "http_responses_total", "Responses by class of status.", "counter");
        for (int i = 1; i < CLASSES; i++) {
            if (i <= 5 || byClass[i].sum() > 0) {
                out.append("http_responses_total{class=\"").append(i).append("xx\"} ");
                out.append(byClass[i].sum()).append('\n');
            }
        }
        durations(out);
        return out.toString();
    }

    private void durations(StringBuilder out) {
        head(out, "http_request_seconds", "From the first octet to the last.", "histogram");
        long sum = 0;
        for (int i = 0; i < BUCKET_NAMES.length; i++) {
            sum += byDuration[i].sum();
            out.append("http_request_seconds_bucket{le=\"").append(BUCKET_NAMES[i]).append("\"} ");
            out.append(sum).append('\n');
        }
        out.append("http_request_seconds_sum ").append(durationNanos.sum() / 1e9).append('\n');
        out.append("http_request_seconds_count ").append(sum).append('\n');
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        head(out, name, help, "gauge");
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        head(out, name, help, "counter");
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder out, String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// A page of them.
    public Handler page() {
        return exchange ->
                exchange.respond(
                        Response.of(
                                Status.OK,
                                "Content-Type",
                                "text/plain; version=0.0.4; charset=utf-8",
                                "Cache-Control",
                                "no-store"),
                        ReadOnlyCstruct.of(emit()));
    }
}
