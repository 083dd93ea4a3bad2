// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.connect;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv6Address;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Connects to the first of several endpoints that answers: each is tried a moment after the one
/// before, or as soon as that has failed (RFC 8305, 5). Whoever answers too late is let go.
///
/// ```java
/// Flow flow = FlowRace.run(connector::connect, endpoints, List::getFirst);
/// ```
///
/// Each attempt has a virtual thread, which is interrupted when the race is over.
public final class FlowRace<F extends Flow> {
    /// RFC 8305's Connection Attempt Delay.
    private static final long DELAY_MILLIS = 250;

    /// A [Connector] of whatever kind of flow.
    @FunctionalInterface
    public interface Attempt<F extends Flow> {
        F connect(Endpoint remote) throws IOException;
    }

    private sealed interface Finish<F> {}

    private record Won<F>(F flow) implements Finish<F> {}

    private record Lost<F>(IOException failure) implements Finish<F> {}

    private final Attempt<F> attempt;
    private final List<Endpoint> endpoints;
    private final LinkedBlockingQueue<Finish<F>> finishes = new LinkedBlockingQueue<>();
    private final List<Thread> runners = new ArrayList<>();
    private boolean isOver;

    private FlowRace(Attempt<F> attempt, List<Endpoint> endpoints) {
        this.attempt = attempt;
        this.endpoints = endpoints;
    }

    /// Waits for the first flow.
    ///
    /// @param endpoints at least one, in the order in which they are tried
    /// @param whenAllFailed makes one exception of those of all attempts, in the order in which
    ///   they came
    public static <F extends Flow> F run(
            Attempt<F> attempt,
            List<Endpoint> endpoints,
            Function<List<IOException>, IOException> whenAllFailed)
            throws IOException, InterruptedException {
        return new FlowRace<>(attempt, endpoints).run(whenAllFailed);
    }

    /// The addresses of the two versions in turn, each in its order, the first one first (RFC 8305,
    /// 4).
    public static List<IpAddress> versionsInTurn(List<IpAddress> addresses) {
        Deque<IpAddress> firsts = new ArrayDeque<>();
        Deque<IpAddress> others = new ArrayDeque<>();
        for (IpAddress address : addresses) {
            boolean same =
                    address instanceof Ipv6Address == addresses.getFirst() instanceof Ipv6Address;
            (same ? firsts : others).add(address);
        }
        List<IpAddress> mixed = new ArrayList<>();
        while (!firsts.isEmpty() || !others.isEmpty()) {
            for (Deque<IpAddress> version : List.of(firsts, others)) {
                if (!version.isEmpty()) {
                    mixed.add(version.remove());
                }
            }
        }
        return mixed;
    }

    private F run(Function<List<IOException>, IOException> whenAllFailed)
            throws IOException, InterruptedException {
        List<IOException> failures = new ArrayList<>();
        try {
            start();
            while (failures.size() < endpoints.size()) {
                switch (await()) {
                    case Won<F>(F flow) -> {
                        return flow;
                    }
                    case Lost<F>(IOException failure) -> {
                        failures.add(failure);
                        start();
                    }
                }
            }
        } finally {
            end();
        }
        throw whenAllFailed.apply(failures);
    }

    /// The next that is through; meanwhile others are started.
    private Finish<F> await() throws InterruptedException {
        while (runners.size() < endpoints.size()) {
            Finish<F> finish = finishes.poll(DELAY_MILLIS, TimeUnit.MILLISECONDS);
            if (finish != null) return finish;
            start();
        }
        return finishes.take();
    }

    private void start() {
        if (runners.size() == endpoints.size()) return;
        Endpoint remote = endpoints.get(runners.size());
        runners.add(Thread.ofVirtual().name("connect " + remote).start(() -> run(remote)));
    }

    private void run(Endpoint remote) {
        try {
            finished(new Won<>(attempt.connect(remote)));
        } catch (IOException e) {
            finished(new Lost<>(e));
        } catch (RuntimeException e) {
            finished(new Lost<>(new IOException("connect to " + remote + ": " + e, e)));
        }
    }

    private synchronized void finished(Finish<F> finish) {
        if (!isOver) {
            finishes.add(finish);
        } else if (finish instanceof Won<F>(F flow)) {
            flow.abort();
        }
    }

    /// Lets those go that still wait, and those that nobody will take.
    private synchronized void end() {
        isOver = true;
        runners.forEach(Thread::interrupt);
        for (Finish<F> finish; (finish = finishes.poll()) != null; ) {
            if (finish instanceof Won<F>(F flow)) {
                flow.abort();
            }
        }
    }
}
