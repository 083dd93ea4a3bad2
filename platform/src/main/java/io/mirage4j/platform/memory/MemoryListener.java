// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.memory;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;

import java.io.IOException;
import java.util.Optional;

/// A listener of a [MemoryNetwork].
final class MemoryListener implements Listener {
    private static final int BACKLOG = 128;

    private final MemoryNetwork network;
    private final Endpoint local;
    private final ClosableQueue<Flow> waiting;

    MemoryListener(MemoryNetwork network, Endpoint local) {
        this.network = network;
        this.local = local;
        waiting = new ClosableQueue<>("listener " + local, BACKLOG);
    }

    Endpoint endpoint() {
        return local;
    }

    void offer(Flow flow) throws IOException {
        if (!waiting.offer(flow)) {
            throw new IOException(local + ": closed, or " + BACKLOG + " flows wait there already");
        }
    }

    @Override
    public Flow accept() throws IOException {
        return waiting.take("accept");
    }

    @Override
    public Optional<Endpoint> local() {
        return Optional.of(local);
    }

    @Override
    public void close() {
        network.forget(this);
        waiting.close().forEach(Flow::abort);
    }
}
