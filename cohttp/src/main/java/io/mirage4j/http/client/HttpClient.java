// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Proxies;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.cache.PrivateCache;
import io.mirage4j.http.cookie.CookieJar;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Entropy;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.uri.Uri;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks servers of HTTP/1.1.
///
/// ```java
/// try (HttpClient client = HttpClient.builder(connector, resolver, clock).build();
///         ClientResponse response = client.send(ClientRequest.get("http://localhost/"))) {
///     String text = response.text(1 << 20);
/// }
/// ```
///
/// Connections are kept for each origin. Redirects are followed; what names the user goes to the
/// first origin only. A request that may be repeated is sent again, once, if its connection ends
/// before anything came. Any thread may send.
public final class HttpClient implements Closeable {
    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final Timeouts timeouts;
    private final Proxies proxies;
    private final int mostRedirects;
    private final Pool pool;
    private final Dialer dialer;
    private final RequestFields requestFields;
    private final Credentials credentials;
    private final Entropy entropy;
    private final @Nullable Caching caching;

    private HttpClient(Builder builder) {
        clock = builder.clock;
        timeouts = builder.timeouts;
        proxies = builder.proxies;
        mostRedirects = builder.mostRedirects;
        credentials = builder.credentials;
        entropy = builder.entropy;
        dialer =
                new Dialer(
                        builder.connector,
                        builder.resolver,
                        timeouts,
                        builder.securing,
                        builder.rules);
        requestFields = new RequestFields(builder.cookies, clock);
        PrivateCache cache = builder.cache;
        caching = cache == null ? null : new Caching(cache, requestFields, clock);
        pool = new Pool(clock, builder.connectionsPerOrigin, builder.idleNanos);
    }

    public static Builder builder(Connector connector, Resolver resolver, Clock clock) {
        return new Builder(connector, resolver, clock);
    }

    /// What a client is made of, where the defaults will not do.
    public static final class Builder {
        private final Connector connector;
        private final Resolver resolver;
        private final Clock clock;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private Securing securing = Securing.NONE;
        private Proxies proxies = Proxies.of(Map.of());
        private @Nullable CookieJar cookies;
        private @Nullable PrivateCache cache;
        private Credentials credentials = Credentials.NONE;
        private Entropy entropy = new SecureRandom()::nextLong;
        private int mostRedirects = 10;
        private int connectionsPerOrigin = 16;
        private long idleNanos = 30 * SECOND;
        private Rules rules = Rules.STRICT;

        private Builder(Connector connector, Resolver resolver, Clock clock) {
            this.connector = connector;
            this.resolver = resolver;
            this.clock = clock;
        }

        public Builder timeouts(Timeouts timeouts) {
            this.timeouts = timeouts;
            return this;
        }

        /// How `https` is asked.
        public Builder securing(Securing securing) {
            this.securing = securing;
            return this;
        }

        public Builder proxies(Proxies proxies) {
            this.proxies = proxies;
            return this;
        }

        public Builder cookies(CookieJar cookies) {
            this.cookies = cookies;
            return this;
        }

        /// Where responses are kept, and looked for before anybody is asked.
        public Builder cache(PrivateCache cache) {
            this.cache = cache;
            return this;
        }

        /// With what challenges of the schemes Digest, Bearer and Basic are answered.
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /// What the client's own nonces of Digest are made of; a [SecureRandom] by default.
        public Builder entropy(Entropy entropy) {
            this.entropy = entropy;
            return this;
        }

        /// 0 gives redirects to the caller.
        public Builder redirects(int most) {
            mostRedirects = most;
            return this;
        }

        public Builder connectionsPerOrigin(int most) {
            connectionsPerOrigin = most;
            return this;
        }

        /// How long a connection is kept that nobody uses.
        public Builder idle(long nanos) {
            idleNanos = nanos;
            return this;
        }

        public Builder rules(Rules rules) {
            this.rules = rules;
            return this;
        }

        public HttpClient build() {
            return new HttpClient(this);
        }
    }

    /// Sends `request` and waits for the head of the response.
    ///
    /// @throws TimedOutException if a step took too long
    /// @throws IOException if there is no response, or none that is well-formed
    public ClientResponse send(ClientRequest request) throws IOException {
        Deadline deadline = Deadline.in(timeouts.total(), clock);
        ClientRequest next = request;
        for (int redirects = 0; ; redirects++) {
            ClientResponse response = cachedOrSent(next, deadline);
            Optional<ClientRequest> redirected = Redirects.next(next, response);
            if (redirected.isEmpty() || mostRedirects == 0) return response;
            response.finish();
            if (redirects == mostRedirects) {
                throw new IOException(request.uri() + ": more than " + redirects + " redirects");
            }
            next = redirected.get();
        }
    }

    private ClientResponse cachedOrSent(ClientRequest request, Deadline deadline)
            throws IOException {
        Caching caching = this.caching;
        return caching == null || request.fields().contains("upgrade")
                ? sendAuthorized(request, deadline)
                : caching.send(request, asked -> sendAuthorized(asked, deadline));
    }

    /// Answers a challenge, once.
    private ClientResponse sendAuthorized(ClientRequest request, Deadline deadline)
            throws IOException {
        ClientResponse response = sendWithRetry(request, deadline);
        if (response.status() != Status.UNAUTHORIZED) return response;
        String cnonce = HexFormat.of().toHexDigits(entropy.nextLong());
        Optional<ClientRequest> authorized = credentials.answer(request, response.fields(), cnonce);
        if (authorized.isEmpty()) return response;
        response.finish();
        return sendWithRetry(authorized.get(), deadline);
    }

    private ClientResponse sendWithRetry(ClientRequest request, Deadline deadline)
            throws IOException {
        boolean repeatable = request.method().isIdempotent() && request.content().isRepeatable();
        try {
            return sendOnce(request, deadline);
        } catch (LostException e) {
            if (!repeatable) throw e;
            return sendOnce(request, deadline);
        }
    }

    /// The connection ended before anything of a response came.
    private static final class LostException extends IOException {
        private static final long serialVersionUID = 1;

        LostException(Uri uri, IOException cause) {
            super(uri + ": no response: " + cause.getMessage(), cause);
        }
    }

    private ClientResponse sendOnce(ClientRequest request, Deadline deadline) throws IOException {
        Uri uri = request.uri();
        Optional<Uri> proxy = proxies.proxyFor(uri);
        boolean secure = uri.hasScheme("https");
        var place =
                new Pool.Place(
                        secure ? "https" : "http",
                        uri.hostText().orElse(""),
                        uri.portOrDefault(),
                        proxy.map(Uri::toString).orElse(""));
        ClientConnection connection = pool.take(place, deadline.left(timeouts.connect()));
        try {
            if (connection == null) {
                connection = dialer.open(place, proxy, deadline);
            }
            return exchange(request, place, connection, proxy, deadline);
        } catch (IOException | RuntimeException e) {
            pool.lost(place);
            if (connection != null) {
                connection.flow().abort();
                if (!connection.heard()
                        && e instanceof IOException io
                        && !(e instanceof TimedOutException)) {
                    throw new LostException(uri, io);
                }
            }
            throw e;
        }
    }

    private ClientResponse exchange(
            ClientRequest request,
            Pool.Place place,
            ClientConnection connection,
            Optional<Uri> proxy,
            Deadline deadline)
            throws IOException {
        Uri uri = request.uri();
        boolean viaProxy = proxy.isPresent() && place.scheme().equals("http");
        boolean decodes = !request.fields().contains("accept-encoding");
        Fields fields = requestFields.of(request, decodes, viaProxy ? proxy : Optional.empty());
        String target = viaProxy ? RequestFields.absoluteForm(uri) : RequestFields.originForm(uri);
        var watchdog = new Watchdog(connection.flow(), deadline.left(Long.MAX_VALUE));
        Response head;
        ContentSource content;
        try {
            head = ask(connection, request, target, fields, deadline);
            content = Uncoded.transfer(head.fields(), connection);
        } catch (IOException | RuntimeException e) {
            watchdog.callOff();
            throw e;
        }
        requestFields.remember(request, head.fields());
        var once = new AtomicBoolean();
        Runnable whenClosed =
                () -> {
                    if (once.compareAndSet(false, true)) {
                        watchdog.callOff();
                        release(place, connection);
                    }
                };
        if (head.status() == Status.SWITCHING_PROTOCOLS) {
            watchdog.callOff();
            return new ClientResponse(head, uri, content, connection.tunnel(), whenClosed);
        }
        if (decodes && head.fields().only("content-encoding").orElse("").equals("gzip")) {
            content = Uncoded.gzip(content);
            head =
                    new Response(
                            head.status(),
                            head.fields().toBuilder()
                                    .remove("content-encoding")
                                    .remove("content-length")
                                    .build());
        }
        return new ClientResponse(head, uri, content, whenClosed);
    }

    private Response ask(
            ClientConnection connection,
            ClientRequest request,
            String target,
            Fields fields,
            Deadline deadline)
            throws IOException {
        IOException failure = null;
        try {
            connection.send(
                    request.method().name(),
                    target,
                    fields,
                    request.content(),
                    deadline.left(timeouts.goAhead()));
        } catch (IOException e) {
            failure = e; // the server may have answered, and closed, before it heard all
        }
        try {
            return connection.receive(deadline.left(timeouts.head()), timeouts.read());
        } catch (IOException e) {
            throw failure != null ? failure : e;
        }
    }

    private void release(Pool.Place place, ClientConnection connection) {
        if (connection.isReusable()) {
            pool.give(place, connection);
            return;
        }
        if (connection.isTunnel()) {
            connection.close();
        } else {
            connection.flow().abort();
        }
        pool.lost(place);
    }

    /// Ends the connections that nobody uses; those in use end with their responses.
    @Override
    public void close() {
        pool.close();
    }
}
