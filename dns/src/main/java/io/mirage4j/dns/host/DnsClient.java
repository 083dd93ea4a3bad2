// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.host;

import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Question;
import io.mirage4j.dns.RecordData;
import io.mirage4j.dns.ResourceRecord;
import io.mirage4j.dns.RrClass;
import io.mirage4j.dns.RrType;
import io.mirage4j.dns.client.AddressOrder;
import io.mirage4j.dns.client.Answer;
import io.mirage4j.dns.client.ClientOptions;
import io.mirage4j.dns.client.Hosts;
import io.mirage4j.dns.client.SourceAddresses;
import io.mirage4j.dns.client.StubResolver;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.Resolver;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;

/// A client of name servers in direct style: calls block, and are meant to block virtual threads.
///
/// ```java
/// var options = ClientOptions.of(Endpoint.of("192.0.2.53:53"));
/// try (var dns = new DnsClient(options, ports, connector, entropy, clock)) {
///     List<ResourceRecord> mail = dns.lookup("example.org", RrType.MX).records();
///     List<IpAddress> addresses = dns.resolve("www.example.org");
/// }
/// ```
///
/// Any thread may ask; an interrupted one leaves with [java.io.InterruptedIOException].
public final class DnsClient implements Resolver, Closeable {
    private final ClientOptions options;
    private final Exchange exchange;
    private final Hosts hosts;
    private final @Nullable SourceAddresses sources;
    private final UnaryOperator<String> ascii;

    /// @param ports gives a new port for each question
    /// @param connector makes streams, for long answers or, as TLS, for all
    public DnsClient(
            ClientOptions options,
            DatagramPorts ports,
            Connector connector,
            Entropy entropy,
            Clock clock) {
        this(
                options,
                new Exchange(new StubResolver(options, entropy), ports, connector, clock),
                Hosts.NONE,
                null,
                UnaryOperator.identity());
    }

    private DnsClient(
            ClientOptions options,
            Exchange exchange,
            Hosts hosts,
            @Nullable SourceAddresses sources,
            UnaryOperator<String> ascii) {
        this.options = options;
        this.exchange = exchange;
        this.hosts = hosts;
        this.sources = sources;
        this.ascii = ascii;
    }

    /// The same client, which does not ask for names that are in `hosts`.
    public DnsClient with(Hosts hosts) {
        return new DnsClient(options, exchange, hosts, sources, ascii);
    }

    /// The same client, which asks for what `ascii` makes of a text: of a name in another alphabet
    /// its form by IDNA, as `java.net.IDN::toASCII` does.
    public DnsClient withNames(UnaryOperator<String> ascii) {
        return new DnsClient(options, exchange, hosts, sources, ascii);
    }

    /// The same client, which orders addresses by where this machine would send from.
    public DnsClient with(SourceAddresses sources) {
        return new DnsClient(options, exchange, hosts, sources, ascii);
    }

    /// Asks for a name in the domains of the search list; the answer is the first with records, or
    /// else the first.
    ///
    /// @throws IllegalArgumentException if the text means no name, or the type is none to look up
    /// @throws LookupFailedException if no server has answered
    public Answer lookup(String name, int type) throws IOException {
        Answer first = null;
        for (DnsName candidate : options.search().candidates(ascii.apply(name)).orThrow()) {
            Answer answer = lookup(candidate, type);
            if (answer.isFound()) return answer;
            if (first == null) {
                first = answer;
            }
        }
        if (first == null) throw new AssertionError("a name stands for itself at least: " + name);
        return first;
    }

    /// Asks for this name and no other.
    ///
    /// @throws LookupFailedException if no server has answered
    public Answer lookup(DnsName name, int type) throws IOException {
        return exchange.answer(new Question(name, type, RrClass.IN));
    }

    /// The addresses of a name, the best first (RFC 6724); those of both versions are asked for at
    /// the same time.
    @Override
    public List<IpAddress> resolve(String name) throws IOException {
        if (IpAddress.parse(name) instanceof Parsed.Value<IpAddress>(IpAddress literal)) {
            return List.of(literal);
        }
        if (!(options.search().candidates(ascii.apply(name))
                instanceof Parsed.Value<List<DnsName>>(List<DnsName> candidates))) {
            return List.of();
        }
        for (DnsName candidate : candidates) {
            List<IpAddress> addresses = addresses(candidate);
            if (!addresses.isEmpty()) return sorted(addresses);
        }
        return List.of();
    }

    private List<IpAddress> sorted(List<IpAddress> addresses) {
        return sources == null
                ? AddressOrder.sort(addresses)
                : AddressOrder.sort(addresses, sources);
    }

    private List<IpAddress> addresses(DnsName name) throws IOException {
        // RFC 3696, 2: the last label of a host's name is no number; such a text is an address that
        // somebody has misspelt.
        if (name.isRoot() || isNumber(name.ancestor(name.labels() - 1).firstLabel())) {
            return List.of();
        }
        List<IpAddress> known = hosts.addresses(name);
        if (!known.isEmpty()) return known;
        if (options.has(ClientOptions.Feature.NO_AAAA)) return addresses(name, RrType.A);
        var v6 = new FutureTask<>(() -> addresses(name, RrType.AAAA));
        Thread asking = Thread.ofVirtual().name("dns-aaaa " + name).start(v6);
        try {
            return both(name, v6);
        } finally {
            asking.interrupt();
        }
    }

    private static boolean isNumber(byte[] label) {
        for (byte octet : label) if (octet < '0' || octet > '9') return false;
        return true;
    }

    /// What was found of either version; the failure of one only if the other has nothing.
    private List<IpAddress> both(DnsName name, FutureTask<List<IpAddress>> v6) throws IOException {
        List<IpAddress> found = new ArrayList<>();
        LookupFailedException failed = null;
        try {
            found.addAll(addresses(name, RrType.A));
        } catch (LookupFailedException e) {
            failed = e;
        }
        try {
            found.addAll(0, v6.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LookupFailedException cause) {
                failed = cause;
            } else if (e.getCause() instanceof IOException cause) {
                throw cause;
            } else {
                throw new AssertionError("lookup of " + name, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("lookup of " + name + " was interrupted");
        }
        if (found.isEmpty() && failed != null) throw failed;
        return found;
    }

    private List<IpAddress> addresses(DnsName name, int type) throws IOException {
        List<IpAddress> addresses = new ArrayList<>();
        for (ResourceRecord record : lookup(name, type).records()) {
            switch (record.data().value()) {
                case RecordData.A(var address) -> addresses.add(address);
                case RecordData.Aaaa(var address) -> addresses.add(address);
                default -> throw new AssertionError("no address: " + record);
            }
        }
        return addresses;
    }

    /// Forgets all answers.
    public void clear() {
        exchange.clear();
    }

    /// Ends the streams that are kept for later questions, and makes those that are under way fail.
    @Override
    public void close() {
        exchange.close();
    }
}
