// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.Fields;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.connect.FlowRace;
import io.mirage4j.uri.Uri;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes connections: finds the addresses, tries them in turn, goes through a proxy and secures
/// what is to be secured.
record Dialer(
        Connector connector, Resolver resolver, Timeouts timeouts, Securing securing, Rules rules) {
    ClientConnection open(Pool.Place place, Optional<Uri> proxy, Deadline deadline)
            throws IOException {
        boolean secure = place.scheme().equals("https");
        String host = proxy.flatMap(Uri::hostText).orElse(place.host());
        int port = proxy.map(Uri::portOrDefault).orElse(place.port());
        Flow flow = connect(host, port, deadline);
        try {
            if (secure && proxy.isPresent()) {
                tunnel(flow, place, proxy.get(), deadline);
            }
            Flow secured =
                    secure
                            ? Within.time(
                                    deadline.left(timeouts.connect()),
                                    "secure " + place.host(),
                                    () -> securing.secure(flow, place.host()))
                            : flow;
            return new ClientConnection(secured, rules);
        } catch (IOException | RuntimeException e) {
            flow.abort();
            throw e;
        }
    }

    private Flow connect(String host, int port, Deadline deadline) throws IOException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<IpAddress> addresses =
                IpAddress.parse(name) instanceof Parsed.Value<IpAddress>(IpAddress literal)
                        ? List.of(literal)
                        : Within.time(
                                deadline.left(timeouts.resolve()),
                                "resolve " + name,
                                () -> resolver.resolve(name));
        if (addresses.isEmpty()) throw new IOException(name + ": has no address");
        List<Endpoint> endpoints =
                FlowRace.versionsInTurn(addresses).stream()
                        .map(address -> new Endpoint(address, port))
                        .toList();
        return Within.time(
                deadline.left(timeouts.connect()),
                "connect to " + name,
                () -> FlowRace.run(connector::connect, endpoints, List::getLast));
    }

    /// RFC 9110, 9.3.6.
    private void tunnel(Flow flow, Pool.Place place, Uri proxy, Deadline deadline)
            throws IOException {
        String authority = place.host() + ":" + place.port();
        Fields.Builder fields = Fields.builder().add("Host", authority);
        RequestFields.credentials(proxy)
                .ifPresent(value -> fields.add("Proxy-Authorization", value));
        var connection = new ClientConnection(flow, rules);
        connection.send("CONNECT", authority, fields.build(), ClientContent.NONE, 0);
        Response response = connection.receive(deadline.left(timeouts.head()), timeouts.read());
        if (!Status.isSuccess(response.status()) || !connection.isAtTunnel()) {
            throw new IOException(
                    "proxy " + proxy.hostText().orElse("") + ": " + response.status());
        }
        flow.readTimeout(0);
    }
}
