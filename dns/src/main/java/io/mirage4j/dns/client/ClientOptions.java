// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.client;

import io.mirage4j.platform.Endpoint;

import java.util.List;
import java.util.Set;

/// How a client asks.
///
/// @param servers whom it asks, in this order
/// @param search in which domains it looks for short names
/// @param timeoutNanos how long it waits for a server the first time; from round to round twice as
///   long
/// @param attempts how often it asks each server
/// @param udpPayload the longest datagram that it takes
/// @param cachedAnswers how many answers it keeps for as long as they hold; 0 for none
public record ClientOptions(
        List<Endpoint> servers,
        SearchList search,
        Transport transport,
        Set<Feature> features,
        long timeoutNanos,
        int attempts,
        int udpPayload,
        int cachedAnswers) {
    public static final int PORT = 53;

    /// DNS over TLS (RFC 7858).
    public static final int TLS_PORT = 853;

    public static final int MOST_SERVERS = 16;

    private static final long SECOND = 1_000_000_000;

    /// What a question goes over.
    public enum Transport {
        /// A datagram, and a stream where the answer is too long or looks forged.
        DATAGRAM,
        STREAM,
        /// A stream that nobody can read on its way, such as TLS: questions are padded to a length
        /// that many have (RFC 8467).
        ENCRYPTED_STREAM
    }

    public enum Feature {
        /// Says that EDNS is understood (RFC 6891), where the server does too.
        EDNS,
        /// Sends cookies (RFC 7873): with EDNS only.
        COOKIES,
        /// Mixes the case of the name by chance, and wants it back as it was.
        MIXED_CASE,
        /// Wants the records of DNSSEC too: with EDNS only.
        DNSSEC_RECORDS,
        /// Asks the server, and believes it, whether it has checked signatures: for servers that
        /// nobody stands in front of.
        TRUST_AD,
        /// Begins with another server each time.
        ROTATE,
        /// Leaves IPv6 addresses out where addresses of a name are wanted.
        NO_AAAA
    }

    public ClientOptions {
        servers = List.copyOf(servers);
        features = Set.copyOf(features);
        if (servers.isEmpty() || servers.size() > MOST_SERVERS) {
            throw new IllegalArgumentException(
                    servers.size() + " servers are not in 1.." + MOST_SERVERS);
        }
        if (timeoutNanos < 1 || timeoutNanos > 60 * SECOND || attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException(
                    "timeout of %d ns is not in 1..60 s, or %d attempts not in 1..10"
                            .formatted(timeoutNanos, attempts));
        }
        if (udpPayload < 512 || udpPayload > 65_535 || cachedAnswers < 0) {
            throw new IllegalArgumentException(
                    "payload %d is not in 512..65535, or %d cached answers < 0"
                            .formatted(udpPayload, cachedAnswers));
        }
    }

    /// Datagrams of 1232 octets, three attempts of 1, 2 and 4 s, EDNS, cookies, mixed case, 1000
    /// answers kept, no search.
    public static ClientOptions of(Endpoint... servers) {
        return new ClientOptions(
                List.of(servers),
                SearchList.NONE,
                Transport.DATAGRAM,
                Set.of(Feature.EDNS, Feature.COOKIES, Feature.MIXED_CASE),
                SECOND,
                3,
                1232,
                1000);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    public ClientOptions withSearch(SearchList search) {
        var draft = new Draft(this);
        draft.search = search;
        return draft.done();
    }

    public ClientOptions withTransport(Transport transport) {
        var draft = new Draft(this);
        draft.transport = transport;
        return draft.done();
    }

    public ClientOptions withFeatures(Set<Feature> features) {
        var draft = new Draft(this);
        draft.features = features;
        return draft.done();
    }

    public ClientOptions withPatience(long timeoutNanos, int attempts) {
        var draft = new Draft(this);
        draft.timeoutNanos = timeoutNanos;
        draft.attempts = attempts;
        return draft.done();
    }

    public ClientOptions withCachedAnswers(int cachedAnswers) {
        var draft = new Draft(this);
        draft.cachedAnswers = cachedAnswers;
        return draft.done();
    }

    /// Options that are being changed.
    private static final class Draft {
        final ClientOptions from;
        SearchList search;
        Transport transport;
        Set<Feature> features;
        long timeoutNanos;
        int attempts;
        int cachedAnswers;

        Draft(ClientOptions from) {
            this.from = from;
            search = from.search;
            transport = from.transport;
            features = from.features;
            timeoutNanos = from.timeoutNanos;
            attempts = from.attempts;
            cachedAnswers = from.cachedAnswers;
        }

        ClientOptions done() {
            return new ClientOptions(
                    from.servers,
                    search,
                    transport,
                    features,
                    timeoutNanos,
                    attempts,
                    from.udpPayload,
                    cachedAnswers);
        }
    }
}
