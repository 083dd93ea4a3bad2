// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import org.jspecify.annotations.Nullable;

/// Connections that something happened to, each once, in the order in which it did: a list through
/// their own fields. Nothing here allocates.
final class Events {
    private @Nullable TcpConnection first;
    private @Nullable TcpConnection last;

    void add(TcpConnection c) {
        if (c.eventQueued) return;
        c.eventQueued = true;
        if (last == null) {
            first = c;
        } else {
            last.eventNext = c;
        }
        last = c;
    }

    @Nullable TcpConnection poll() {
        TcpConnection c = first;
        if (c == null) return null;
        first = c.eventNext;
        if (first == null) {
            last = null;
        }
        c.eventNext = null;
        c.eventQueued = false;
        return c;
    }
}
