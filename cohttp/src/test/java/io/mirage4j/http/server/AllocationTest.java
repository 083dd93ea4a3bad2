// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.Response;
import io.mirage4j.platform.EventFlow;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.memory.MemoryKv;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// What a prepared response takes from the collector: nothing.
class AllocationTest {
    private static final String HELLO =
            "GET /hello HTTP/1.1\r\nHost: www.example.com\r\nConnection: keep-alive\r\n\r\n";
    private static final int WARM = 2_000;
    private static final int REQUESTS = 20_000;

    /// A flow that nothing but octets matters to.
    private interface Plain extends Flow {
        @Override
        default void readTimeout(long nanos) {}

        @Override
        default void shutdownOutput() {}

        @Override
        default void abort() {}

        @Override
        default void close() {}
    }

    /// A client that asks the same again and again and does not listen, in the server's thread.
    private static final class Asking implements Plain {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final Cstruct request = Cstruct.of(HELLO.getBytes(StandardCharsets.US_ASCII));
        private int read;
        private long octetsOut;
        private long before;
        private long allocated;

        @Override
        public int read(Cstruct buf) {
            if (read == WARM) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            if (read++ == WARM + REQUESTS) {
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
                return END;
            }
            request.copyTo(0, buf, 0, request.length());
            return request.length();
        }

        @Override
        public void write(ReadOnlyCstruct buf) {
            octetsOut += buf.length();
        }
    }

    /// The same client where its flow tells when something has come.
    private static final class Telling implements Plain, EventFlow {
        private final Asking client = new Asking();
        private @Nullable Arrival told;

        @Override
        public int tryRead(Cstruct buf) {
            return client.read(buf);
        }

        @Override
        public int tryWrite(ReadOnlyCstruct buf) {
            client.write(buf);
            return buf.length();
        }

        @Override
        public boolean tell(Arrival arrival) {
            told = arrival;
            return true;
        }

        @Override
        public boolean forget(Arrival arrival) {
            return false;
        }

        @Override
        public int read(Cstruct buf) {
            throw new AssertionError("it was to be answered where it arrived");
        }

        @Override
        public void write(ReadOnlyCstruct buf) {
            throw new AssertionError("it was to be answered where it arrived");
        }
    }

    private static HttpServer server() {
        Prepared hello =
                Prepared.of(
                        Response.of(200, "Content-Type", "text/plain"),
                        ReadOnlyCstruct.of("hello\n"));
        return server(new PreparedPaths(Map.of("/hello", hello)));
    }

    private static HttpServer server(Shortcut shortcut) {
        return HttpServer.builder(HttpServerTest::echo, Pipe.CLOCK).shortcut(shortcut).build();
    }

    @Test
    void preparedResponseAllocatesNothing() {
        allocatesNothing(server());
    }

    @Test
    void norDoesThatOfAStore() throws IOException {
        var kv = new MemoryKv();
        kv.put("hello", "hello\n");
        allocatesNothing(server(StaticContent.of(kv).prepared()));
    }

    private static void allocatesNothing(HttpServer server) {
        var client = new Asking();
        server.serve(client);
        assertThat(client.octetsOut).isGreaterThan(100L * (WARM + REQUESTS));
        // A few times the text of the date is made anew: less than an octet for each request.
        assertThat(client.allocated).isLessThan(REQUESTS);
    }

    @Test
    void norDoesOneThatIsAnsweredWhereTheRequestArrives() throws Exception {
        var flow = new Telling();
        var accepted = new CountDownLatch(1);
        HttpServer server =
                server().start(
                                new Listener() {
                                    private boolean open = true;

                                    @Override
                                    public Flow accept() throws IOException {
                                        if (open) {
                                            open = false;
                                            return flow;
                                        }
                                        accepted.countDown();
                                        throw new InterruptedIOException("no more");
                                    }

                                    @Override
                                    public void close() {}
                                });
        accepted.await();
        EventFlow.Arrival arrival = Objects.requireNonNull(flow.told);
        boolean threads = false;
        for (int i = 0; i <= WARM + REQUESTS; i++) {
            threads |= arrival.arrived();
        }
        assertThat(threads).isFalse();
        assertThat(flow.client.octetsOut).isGreaterThan(100L * (WARM + REQUESTS));
        assertThat(flow.client.allocated).isLessThan(REQUESTS);
        assertThat(server.metrics().connections()).isZero();
    }
}
