// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.connect.FlowRace;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/// Connects to hosts by their names, to whichever of their addresses answers first (RFC 8305): the
/// next one is tried when the one before has failed or said nothing for a quarter of a second, and
/// who comes too late is let go.
///
/// ```java
/// var hosts = new HostConnector(dns, SocketConnector.create());
/// try (Flow flow = hosts.connect("www.example.org", 443)) {
/// ```
///
/// Any thread may ask.
public final class HostConnector {
    private final Resolver resolver;
    private final Connector connector;

    /// @param resolver of names, such as a [DnsClient]
    public HostConnector(Resolver resolver, Connector connector) {
        this.resolver = resolver;
        this.connector = connector;
    }

    /// Waits until there is a flow to the host.
    ///
    /// @throws InterruptedIOException if the thread is interrupted, which stays set
    /// @throws IOException if it has no address, or none that answers; what went wrong with each is
    ///   suppressed in it
    public Flow connect(String host, int port) throws IOException {
        List<IpAddress> addresses = resolver.resolve(host);
        if (addresses.isEmpty()) throw new IOException(host + ": has no address");
        List<Endpoint> endpoints =
                FlowRace.versionsInTurn(addresses).stream()
                        .map(address -> new Endpoint(address, port))
                        .toList();
        try {
            return FlowRace.run(
                    connector::connect,
                    endpoints,
                    failures -> {
                        var all = new IOException(host + ": no address answers on port " + port);
                        failures.forEach(all::addSuppressed);
                        return all;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("connect to " + host + " was interrupted");
        }
    }
}
