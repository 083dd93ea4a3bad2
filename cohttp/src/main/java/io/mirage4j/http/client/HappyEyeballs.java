// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Ipv6Address;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Connects to the first of several addresses that answers (RFC 8305): the families in turn, the
/// next one when the last has failed or is silent for a quarter of a second.
final class HappyEyeballs {
    private static final long DELAY_MILLIS = 250;

    private record Attempt(@Nullable Flow flow, @Nullable IOException failure) {}

    private final Connector connector;
    private final LinkedBlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean decided = new AtomicBoolean();

    private HappyEyeballs(Connector connector) {
        this.connector = connector;
    }

    static Flow connect(Connector connector, List<IpAddress> addresses, int port)
            throws IOException, InterruptedException {
        return new HappyEyeballs(connector).connect(interleaved(addresses), port);
    }

    private Flow connect(ArrayDeque<IpAddress> addresses, int port)
            throws IOException, InterruptedException {
        try {
            IOException last = new IOException("there is no address");
            int pending = 0;
            while (pending > 0 || !addresses.isEmpty()) {
                IpAddress next = addresses.poll();
                if (next != null) {
                    start(new Endpoint(next, port));
                    pending++;
                }
                Attempt attempt =
                        addresses.isEmpty()
                                ? attempts.take()
                                : attempts.poll(DELAY_MILLIS, TimeUnit.MILLISECONDS);
                if (attempt == null) continue;
                pending--;
                if (attempt.flow != null) return attempt.flow;
                if (attempt.failure != null) {
                    last = attempt.failure;
                }
            }
            throw last;
        } finally {
            decided.set(true);
            threads.forEach(Thread::interrupt);
        }
    }

    private void start(Endpoint remote) {
        threads.add(
                Thread.ofVirtual()
                        .name("connect " + remote)
                        .start(
                                () -> {
                                    try {
                                        offer(connector.connect(remote));
                                    } catch (IOException e) {
                                        attempts.add(new Attempt(null, e));
                                    }
                                }));
    }

    /// One flow is taken; others that come to be are not wanted.
    private void offer(Flow flow) {
        if (decided.compareAndSet(false, true)) {
            attempts.add(new Attempt(flow, null));
        } else {
            flow.abort();
        }
    }

    /// The resolver's order within each family, its first one first.
    private static ArrayDeque<IpAddress> interleaved(List<IpAddress> addresses) {
        var firsts = new ArrayDeque<IpAddress>();
        var others = new ArrayDeque<IpAddress>();
        for (IpAddress address : addresses) {
            boolean same =
                    address instanceof Ipv6Address == addresses.getFirst() instanceof Ipv6Address;
            (same ? firsts : others).add(address);
        }
        var mixed = new ArrayDeque<IpAddress>();
        while (!firsts.isEmpty() || !others.isEmpty()) {
            for (ArrayDeque<IpAddress> family : List.of(firsts, others)) {
                if (!family.isEmpty()) {
                    mixed.add(family.poll());
                }
            }
        }
        return mixed;
    }
}
