// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.client.HappyEyeballs;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Resolver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Connects to hosts by their names, to whichever of their addresses answers first (RFC 8305): the
/// next one is tried when the one before has failed or said nothing for a quarter of a second, and
/// who comes too late is let go.
///
/// ```java
/// var hosts = new HostConnector(dns, SocketConnector.create(), clock);
/// try (Flow flow = hosts.connect("www.example.org", 443)) {
/// ```
///
/// Any thread may ask.
public final class HostConnector {
    private final Resolver resolver;
    private final Connector connector;
    private final Clock clock;

    /// @param resolver of names, such as a [DnsClient]
    public HostConnector(Resolver resolver, Connector connector, Clock clock) {
        this.resolver = resolver;
        this.connector = connector;
        this.clock = clock;
    }

    /// Waits until there is a flow to the host.
    ///
    /// @throws InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if it has no address, or none that answers; what went wrong with each is
    ///   suppressed in it
    public Flow connect(String host, int port) throws IOException {
        List<IpAddress> addresses = resolver.resolve(host);
        if (addresses.isEmpty()) throw new IOException(host + ": has no address");
        List<Connecting> attempts = new ArrayList<>();
        try {
            return first(host, port, addresses, attempts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("connect to " + host + " was interrupted");
        } finally {
            attempts.forEach(Connecting::cancel);
        }
    }

    /// @param attempts all that were begun and are not the one that is returned
    private Flow first(String host, int port, List<IpAddress> addresses, List<Connecting> attempts)
            throws IOException, InterruptedException {
        var failure = new IOException(host + ": no address answers on port " + port);
        BlockingQueue<Connecting> over = new LinkedBlockingQueue<>();
        var eyeballs = new HappyEyeballs();
        eyeballs.found(addresses, clock.nanoTime());
        eyeballs.complete(clock.nanoTime());
        while (!eyeballs.isOver()) {
            IpAddress next = eyeballs.next(clock.nanoTime());
            if (next != null) {
                var attempt = Connecting.start(connector, new Endpoint(next, port));
                attempts.add(attempt);
                attempt.whenOver(over::add);
                continue;
            }
            Connecting ended = await(over, eyeballs.nextDeadline());
            if (ended == null) continue;
            attempts.remove(ended);
            try {
                return ended.await(clock, clock.nanoTime());
            } catch (IOException e) {
                failure.addSuppressed(e);
                eyeballs.failed(clock.nanoTime());
            }
        }
        throw failure;
    }

    /// The next attempt that is over; null if the time is.
    private @Nullable Connecting await(BlockingQueue<Connecting> over, long deadline)
            throws InterruptedException {
        if (deadline == HappyEyeballs.NEVER) return over.take();
        return over.poll(Math.max(0, deadline - clock.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
