// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.socket;

import io.mirage4j.platform.Endpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Connects to the first of several endpoints that answers: each is tried a moment after the one
/// before, or as soon as that has failed (RFC 8305, 5). Whoever answers too late is let go.
final class Race {
    /// RFC 8305's Connection Attempt Delay.
    private static final long DELAY_MILLIS = 250;

    private final Sockets net;
    private final List<Endpoint> endpoints;
    private final LinkedBlockingQueue<Finish> finishes = new LinkedBlockingQueue<>();
    private final List<Thread> runners = new ArrayList<>();
    private boolean isOver;

    private sealed interface Finish {}

    private record Won(TcpSocket socket) implements Finish {}

    private record Lost(IOException failure) implements Finish {}

    /// `endpoints`, at least one, the best first.
    Race(Sockets net, List<Endpoint> endpoints) {
        this.net = net;
        this.endpoints = endpoints;
    }

    /// @throws IOException if none answers: what kept the first to say so, and the others
    ///   suppressed
    TcpSocket run() throws IOException {
        List<IOException> failures = new ArrayList<>();
        try {
            start();
            while (failures.size() < endpoints.size()) {
                switch (await()) {
                    case Won(TcpSocket socket) -> {
                        return socket;
                    }
                    case Lost(IOException failure) -> {
                        failures.add(failure);
                        start();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("connect to " + endpoints + " was interrupted");
        } finally {
            end();
        }
        IOException first = failures.getFirst();
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        throw first;
    }

    /// The next that is through; meanwhile others are started.
    private Finish await() throws InterruptedException {
        while (runners.size() < endpoints.size()) {
            Finish finish = finishes.poll(DELAY_MILLIS, TimeUnit.MILLISECONDS);
            if (finish != null) return finish;
            start();
        }
        return finishes.take();
    }

    private void start() {
        if (runners.size() == endpoints.size()) return;
        Endpoint endpoint = endpoints.get(runners.size());
        runners.add(Thread.startVirtualThread(() -> attempt(endpoint)));
    }

    private void attempt(Endpoint endpoint) {
        try {
            finished(new Won(net.connect(endpoint)));
        } catch (IOException e) {
            finished(new Lost(e));
        }
    }

    private synchronized void finished(Finish finish) {
        if (!isOver) {
            finishes.add(finish);
        } else if (finish instanceof Won(TcpSocket socket)) {
            socket.abort();
        }
    }

    /// Lets those go that still wait, and those that nobody will take.
    private synchronized void end() {
        isOver = true;
        runners.forEach(Thread::interrupt);
        for (Finish finish; (finish = finishes.poll()) != null; ) {
            if (finish instanceof Won(TcpSocket socket)) {
                socket.abort();
            }
        }
    }
}
