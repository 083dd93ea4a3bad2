// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The server's part of an iperf3 test over one stream: a connection for what is to be done, told
/// by octets that name states, and one for the data.
final class Iperf3Server {
    static final int PORT = 5201;

    private static final int COOKIE_OCTETS = 37;
    private static final int TEST_START = 1;
    private static final int TEST_RUNNING = 2;
    private static final int TEST_END = 4;
    private static final int PARAM_EXCHANGE = 9;
    private static final int CREATE_STREAMS = 10;
    private static final int EXCHANGE_RESULTS = 13;
    private static final int DISPLAY_RESULTS = 14;
    private static final int IPERF_DONE = 16;

    private final Listener listener;
    private final AtomicLong octets = new AtomicLong();

    Iperf3Server(Listener listener) {
        this.listener = listener;
    }

    /// Serves one test; returns how many octets of data went over.
    CompletableFuture<Long> serveOne() {
        var done = new CompletableFuture<Long>();
        Thread.startVirtualThread(
                () -> {
                    try (Flow control = listener.accept()) {
                        serve(control);
                        done.complete(octets.get());
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }

    private void serve(Flow control) throws IOException {
        read(control, COOKIE_OCTETS);
        say(control, PARAM_EXCHANGE);
        boolean reverse = readText(control).contains("\"reverse\":");
        say(control, CREATE_STREAMS);
        try (Flow data = listener.accept()) {
            read(data, COOKIE_OCTETS);
            say(control, TEST_START);
            say(control, TEST_RUNNING);
            Thread carrier = Thread.startVirtualThread(() -> carry(data, reverse));
            expect(control, TEST_END);
            say(control, EXCHANGE_RESULTS);
            readText(control);
            writeText(control, results());
            say(control, DISPLAY_RESULTS);
            expect(control, IPERF_DONE);
            if (reverse) {
                data.abort();
            }
            // What the client sent may come after what it said; its end comes last.
            carrier.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// Until the client has had enough.
    private void carry(Flow data, boolean reverse) {
        Cstruct buf = Cstruct.create(1 << 17);
        try {
            while (true) {
                if (reverse) {
                    data.write(buf);
                    octets.addAndGet(buf.length());
                    continue;
                }
                int len = data.read(buf);
                if (len == Flow.END) return;
                octets.addAndGet(len);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private String results() {
        return """
               {"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,\
               "sender_has_retransmits":0,"congestion_used":"cubic","streams":[{"id":1,\
               "bytes":%d,"retransmits":0,"jitter":0,"errors":0,"packets":0,\
               "start_time":0,"end_time":1}]}"""
                .formatted(octets.get());
    }

    private static void say(Flow control, int state) throws IOException {
        control.write(Cstruct.of(new byte[] {(byte) state}));
    }

    private static void expect(Flow control, int state) throws IOException {
        int said = read(control, 1).u8(0);
        if (said != state) throw new IOException("iperf3 said " + said + " instead of " + state);
    }

    private static String readText(Flow control) throws IOException {
        int length = read(control, Integer.BYTES).u32be(0);
        return read(control, length).text(0, length, StandardCharsets.UTF_8);
    }

    private static void writeText(Flow control, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Cstruct message = Cstruct.create(Integer.BYTES + utf8.length);
        message.putU32be(0, utf8.length);
        message.put(Integer.BYTES, utf8);
        control.write(message);
    }

    private static Cstruct read(Flow flow, int length) throws IOException {
        Cstruct buf = Cstruct.create(length);
        for (int at = 0; at < length; ) {
            int count = flow.read(buf.shift(at));
            if (count == Flow.END) {
                throw new EOFException("after " + at + " of " + length + " octets");
            }
            at += count;
        }
        return buf;
    }
}
