// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import com.sun.management.ThreadMXBean;

import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Datagram;
import io.mirage4j.platform.Datagrams;
import io.mirage4j.platform.Endpoint;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/// A port in memory at which queries come as fast as they are answered, and which counts what the
/// thread that answers allocates: of so many, after as many to warm up.
final class QueryPort implements Datagrams {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Endpoint CLIENT = Endpoint.of("192.0.2.1:4711");
    private static final int COUNTED = 2_000_000;

    private final ReadOnlyCstruct[] queries;
    private final CompletableFuture<Double> octetsPerQuery = new CompletableFuture<>();
    private long came;
    private long answered;
    private long allocatedBefore = -1;

    QueryPort(ReadOnlyCstruct[] queries) {
        this.queries = queries;
    }

    /// What was allocated for a query, once enough of them have come.
    double octetsPerQuery() throws Exception {
        return octetsPerQuery.get();
    }

    @Override
    public int receive(Datagram[] into) throws IOException {
        if (came >= COUNTED && allocatedBefore < 0) {
            allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        } else if (came >= 2 * COUNTED) {
            long octets = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
            if (answered != came) {
                String odd = answered + " answers to " + came;
                octetsPerQuery.completeExceptionally(new AssertionError(odd));
            }
            octetsPerQuery.complete(octets / (double) (came - COUNTED));
            throw new IOException("all have come");
        }
        for (Datagram datagram : into) {
            ReadOnlyCstruct query = queries[(int) (came++ % queries.length)];
            datagram.buffer().put(0, query);
            datagram.length(query.length()).remote(CLIENT).local(null);
        }
        return into.length;
    }

    @Override
    public void receive(Datagram into) throws IOException {
        receive(new Datagram[] {into});
    }

    @Override
    public void send(Datagram[] datagrams, int count) {
        answered += count;
    }

    @Override
    public void send(Datagram datagram) {
        answered++;
    }

    /// What a thread allocates is told for a thread of the system.
    @Override
    public boolean holdsThread() {
        return true;
    }

    @Override
    public Endpoint local() {
        return Endpoint.of("192.0.2.2:53");
    }

    @Override
    public void receiveTimeout(long nanos) {}

    @Override
    public void close() {}
}
