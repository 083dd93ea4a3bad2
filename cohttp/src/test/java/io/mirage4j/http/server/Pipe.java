// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.memory.MemoryFlow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A client of one connection over a pipe in memory, which says octets and hears octets.
final class Pipe {
    static final Clock CLOCK = new HostClock();
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Flow flow;
    private final Thread thread;

    private Pipe(Flow flow, Thread thread) {
        this.flow = flow;
        this.thread = thread;
    }

    static Pipe to(HttpServer server) {
        MemoryFlow.Pair pair = MemoryFlow.pair(1 << 16);
        pair.left().readTimeout(PATIENCE_NANOS);
        return new Pipe(pair.left(), Thread.ofVirtual().start(() -> server.serve(pair.right())));
    }

    /// Of one who has connected to a server's listener.
    static Pipe over(Flow flow) {
        flow.readTimeout(PATIENCE_NANOS);
        return new Pipe(flow, Thread.currentThread());
    }

    /// What comes back for `octets`, after which the client says no more.
    static String answer(HttpServer server, byte[] octets) throws Exception {
        Pipe pipe = to(server);
        try {
            pipe.says(octets);
            pipe.flow.shutdownOutput();
        } catch (IOException e) {
            // The server may have heard enough before all is said.
        }
        String heard = pipe.hearsToTheEnd();
        pipe.flow.close();
        pipe.thread.join();
        return heard;
    }

    static String answer(HttpServer server, String text) throws Exception {
        return answer(server, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Flow flow() {
        return flow;
    }

    void says(String text) throws IOException {
        says(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void says(byte[] octets) throws IOException {
        flow.write(ReadOnlyCstruct.of(ByteBuffer.wrap(octets)));
    }

    String hearsToTheEnd() throws IOException {
        return hears("\u0100");
    }

    /// All up to and with `end`, or all there is.
    String hears(String end) throws IOException {
        var heard = new ByteArrayOutputStream();
        Cstruct octet = Cstruct.create(1);
        while (!heard.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            if (end.equals("\u0100")) {
                octet = Cstruct.create(4096);
            }
            int count = flow.read(octet);
            if (count < 0) break;
            heard.writeBytes(octet.toByteArray(0, count));
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }
}
