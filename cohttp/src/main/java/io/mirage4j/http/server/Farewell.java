// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import java.util.ArrayList;
import java.util.List;

/// What is to be done for the exchange of a connection when the server drains; each of it once.
final class Farewell {
    private final HttpServer server;
    private final List<Runnable> actions = new ArrayList<>(0); // guarded by this

    Farewell(HttpServer server) {
        this.server = server;
    }

    /// Runs it now if the server drains. Who drains looks here after it has said so: no action is
    /// missed by both.
    void add(Runnable action) {
        synchronized (this) {
            if (!server.isDraining()) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /// The exchange is over.
    synchronized void clear() {
        actions.clear();
    }

    void say() {
        List<Runnable> due;
        synchronized (this) {
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }
}
