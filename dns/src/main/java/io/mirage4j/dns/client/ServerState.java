// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.dns.Blob;
import io.mirage4j.platform.Endpoint;

/// What is known of a server from what it answered so far.
final class ServerState {
    /// For how long a server that did not answer comes after all others.
    private static final long LATE_NANOS = 10_000_000_000L;

    /// After which time a server without EDNS may have learned it.
    private static final long PLAIN_NANOS = 900_000_000_000L;

    final Endpoint endpoint;

    /// RFC 7873, 4.1: another one for each server, and nothing that others could guess.
    final Blob clientCookie;

    private Blob serverCookie = Blob.EMPTY;
    private boolean late;
    private long lateUntil;
    private boolean plain;
    private long plainUntil;

    ServerState(Endpoint endpoint, Blob clientCookie) {
        this.endpoint = endpoint;
        this.clientCookie = clientCookie;
    }

    Blob serverCookie() {
        return serverCookie;
    }

    void learned(Blob serverCookie) {
        this.serverCookie = serverCookie;
    }

    boolean isLate(long now) {
        return late && now - lateUntil < 0;
    }

    void missed(long now) {
        late = true;
        lateUntil = now + LATE_NANOS;
    }

    void answered() {
        late = false;
    }

    boolean knowsEdns(long now) {
        return !plain || now - plainUntil >= 0;
    }

    void lacksEdns(long now) {
        plain = true;
        plainUntil = now + PLAIN_NANOS;
    }
}
