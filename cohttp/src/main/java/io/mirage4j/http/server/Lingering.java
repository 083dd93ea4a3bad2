// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Flow;

import java.io.IOException;

/// The end of a connection whose client may still be sending: it is to read the response before its
/// unread octets make this side reset the connection (RFC 9112, 9.6).
final class Lingering {
    private static final long NANOS = 1_000_000_000L;
    private static final int READS = 64;
    private static final int BUFFER = 4096;

    static void on(Flow flow, Clock clock) throws IOException {
        flow.shutdownOutput();
        long deadline = clock.nanoTime() + NANOS;
        var rest = Cstruct.create(BUFFER);
        try {
            for (int i = 0; i < READS; i++) {
                long left = deadline - clock.nanoTime();
                if (left <= 0) return;
                flow.readTimeout(left);
                if (flow.read(rest) < 0) return;
            }
        } catch (IOException e) {
            // It has gone, or says nothing more.
        }
    }

    private Lingering() {}
}
