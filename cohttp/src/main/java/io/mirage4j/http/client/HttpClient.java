// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import io.mirage4j.http.BasicCredentials;
import io.mirage4j.http.ContentSource;
import io.mirage4j.http.Fields;
import io.mirage4j.http.Method;
import io.mirage4j.http.Proxies;
import io.mirage4j.http.Response;
import io.mirage4j.http.Status;
import io.mirage4j.http.cookie.CookieJar;
import io.mirage4j.http.wire.Rules;
import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Connector;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Parsed;
import io.mirage4j.platform.Resolver;
import io.mirage4j.platform.TimedOutException;
import io.mirage4j.uri.Uri;
import io.mirage4j.uri.UriResult;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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

    private final Connector connector;
    private final Resolver resolver;
    private final Clock clock;
    private final Timeouts timeouts;
    private final Securing securing;
    private final Proxies proxies;
    private final @Nullable CookieJar cookies;
    private final int mostRedirects;
    private final Rules rules;
    private final Pool pool;

    private HttpClient(Builder builder) {
        connector = builder.connector;
        resolver = builder.resolver;
        clock = builder.clock;
        timeouts = builder.timeouts;
        securing = builder.securing;
        proxies = builder.proxies;
        cookies = builder.cookies;
        mostRedirects = builder.mostRedirects;
        rules = builder.rules;
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
        long deadline = clock.nanoTime() + timeouts.total();
        ClientRequest next = request;
        for (int redirects = 0; ; redirects++) {
            ClientResponse response = sendWithRetry(next, deadline);
            Optional<ClientRequest> redirected = redirected(next, response);
            if (redirected.isEmpty() || mostRedirects == 0) {
                return response;
            }
            response.close();
            if (redirects == mostRedirects) {
                throw new IOException(request.uri() + ": more than " + redirects + " redirects");
            }
            next = redirected.get();
        }
    }

    /// RFC 9110, 15.4; empty where the response is the answer.
    private static Optional<ClientRequest> redirected(
            ClientRequest request, ClientResponse response) {
        int status = response.status();
        boolean same = status == 307 || status == 308;
        if (!same && status != 301 && status != 302 && status != 303) {
            return Optional.empty();
        }
        UriResult location = Uri.parse(response.fields().only("location").orElse(""));
        if (!(location instanceof Uri reference) || reference.toString().isEmpty()) {
            return Optional.empty();
        }
        Uri target = request.uri().resolve(reference).withoutFragment();
        boolean http = target.hasScheme("http") || target.hasScheme("https");
        if (!http || target.hostText().orElse("").isEmpty()) {
            return Optional.empty();
        }
        Method method = request.method();
        boolean reads = method.equals(Method.GET) || method.equals(Method.HEAD);
        boolean becomesGet =
                !same && !reads && (status == 303 || method.equals(Method.POST));
        if (!becomesGet && !request.content().isRepeatable()) {
            return Optional.empty();
        }
        Fields.Builder fields = request.fields().toBuilder();
        if (becomesGet) {
            fields.remove("content-type").remove("content-encoding").remove("content-language");
        }
        if (!sameOrigin(request.uri(), target)) {
            fields.remove("authorization").remove("cookie").remove("proxy-authorization");
        }
        return Optional.of(
                new ClientRequest(
                        becomesGet ? Method.GET : method,
                        target,
                        fields.build(),
                        becomesGet ? ClientContent.NONE : request.content()));
    }

    private static boolean sameOrigin(Uri a, Uri b) {
        return a.origin().isPresent() && a.origin().equals(b.origin());
    }

    private ClientResponse sendWithRetry(ClientRequest request, long deadline)
            throws IOException {
        boolean repeatable =
                request.method().isIdempotent() && request.content().isRepeatable();
        try {
            return sendOnce(request, deadline);
        } catch (LostException e) {
            if (!repeatable) {
                throw e;
            }
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

    private long left(long deadline, long most) throws IOException {
        long left = deadline - clock.nanoTime();
        if (left <= 0) {
            throw new TimedOutException("no time is left of " + timeouts.total() + " ns");
        }
        return Math.min(left, most);
    }

    private ClientResponse sendOnce(ClientRequest request, long deadline) throws IOException {
        Uri uri = request.uri();
        Optional<Uri> proxy = proxies.proxyFor(uri);
        boolean secure = uri.hasScheme("https");
        var place =
                new Pool.Place(
                        secure ? "https" : "http",
                        uri.hostText().orElse(""),
                        uri.portOrDefault(),
                        proxy.map(Uri::toString).orElse(""));
        ClientConnection connection = pool.take(place, left(deadline, timeouts.connect()));
        try {
            if (connection == null) {
                connection = open(place, proxy, deadline);
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
            long deadline)
            throws IOException {
        Uri uri = request.uri();
        boolean viaProxy = proxy.isPresent() && place.scheme().equals("http");
        boolean decodes = !request.fields().contains("accept-encoding");
        Fields fields = fields(request, decodes, viaProxy ? proxy : Optional.empty());
        String target = viaProxy ? absolute(uri) : originForm(uri);
        var watchdog = new Watchdog(connection.flow(), left(deadline, Long.MAX_VALUE));
        Response head;
        try {
            head = ask(connection, request, target, fields, deadline);
        } catch (IOException | RuntimeException e) {
            watchdog.callOff();
            throw e;
        }
        remember(uri, head.fields());
        var once = new AtomicBoolean();
        Runnable whenClosed =
                () -> {
                    if (once.compareAndSet(false, true)) {
                        watchdog.callOff();
                        release(place, connection);
                    }
                };
        ContentSource content = connection;
        if (decodes && head.fields().only("content-encoding").orElse("").equals("gzip")) {
            content = new Gunzip(connection);
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
            long deadline)
            throws IOException {
        IOException failure = null;
        try {
            connection.send(request.method().name(), target, fields, request.content());
        } catch (IOException e) {
            failure = e; // the server may have answered, and closed, before it heard all
        }
        try {
            return connection.receive(left(deadline, timeouts.head()), timeouts.read());
        } catch (IOException e) {
            throw failure != null ? failure : e;
        }
    }

    private void release(Pool.Place place, ClientConnection connection) {
        if (connection.isReusable()) {
            pool.give(place, connection);
        } else {
            connection.flow().abort();
            pool.lost(place);
        }
    }

    private Fields fields(ClientRequest request, boolean decodes, Optional<Uri> proxy) {
        Uri uri = request.uri();
        Fields.Builder fields = Fields.builder();
        String port = uri.port() >= 0 && !isUsual(uri) ? ":" + uri.port() : "";
        fields.add("Host", uri.hostText().orElse("") + port);
        request.fields()
                .forEach(
                        (name, value) -> {
                            // Where it goes and how it is framed is for the client to say.
                            switch (name.toLowerCase(Locale.ROOT)) {
                                case "host", "content-length", "transfer-encoding" -> {}
                                default -> fields.add(name, value);
                            }
                        });
        if (decodes && !request.fields().contains("range")) {
            fields.add("Accept-Encoding", "gzip");
        }
        CookieJar jar = cookies;
        if (jar != null && !request.fields().contains("cookie")) {
            jar.field(uri, wallSeconds()).ifPresent(value -> fields.add("Cookie", value));
        }
        proxy.flatMap(HttpClient::credentials)
                .ifPresent(value -> fields.add("Proxy-Authorization", value));
        return fields.build();
    }

    private static boolean isUsual(Uri uri) {
        return uri.port() == (uri.hasScheme("https") ? 443 : 80);
    }

    private static Optional<String> credentials(Uri proxy) {
        return proxy.decodedUserinfo()
                .filter(userinfo -> userinfo.indexOf(':') >= 0)
                .map(
                        userinfo -> {
                            int colon = userinfo.indexOf(':');
                            return new BasicCredentials(
                                            userinfo.substring(0, colon),
                                            userinfo.substring(colon + 1))
                                    .emit();
                        });
    }

    private void remember(Uri uri, Fields fields) {
        CookieJar jar = cookies;
        if (jar != null) {
            for (String field : fields.all("set-cookie")) {
                jar.set(uri, field, wallSeconds());
            }
        }
    }

    private long wallSeconds() {
        return Math.floorDiv(clock.wallNanos(), SECOND);
    }

    private static String originForm(Uri uri) {
        String path = uri.path().isEmpty() ? "/" : uri.path();
        return path + uri.query().map(query -> "?" + query).orElse("");
    }

    private static String absolute(Uri uri) {
        String port = uri.port() >= 0 ? ":" + uri.port() : "";
        return "http://" + uri.hostText().orElse("") + port + originForm(uri);
    }

    private ClientConnection open(Pool.Place place, Optional<Uri> proxy, long deadline)
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
                                    left(deadline, timeouts.connect()),
                                    "secure " + place.host(),
                                    () -> securing.secure(flow, place.host()))
                            : flow;
            return new ClientConnection(secured, rules);
        } catch (IOException | RuntimeException e) {
            flow.abort();
            throw e;
        }
    }

    private Flow connect(String host, int port, long deadline) throws IOException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<IpAddress> addresses =
                IpAddress.parse(name) instanceof Parsed.Value<IpAddress>(IpAddress literal)
                        ? List.of(literal)
                        : Within.time(
                                left(deadline, timeouts.resolve()),
                                "resolve " + name,
                                () -> resolver.resolve(name));
        if (addresses.isEmpty()) {
            throw new IOException(name + ": has no address");
        }
        return Within.time(
                left(deadline, timeouts.connect()),
                "connect to " + name,
                () -> HappyEyeballs.connect(connector, addresses, port));
    }

    /// RFC 9110, 9.3.6.
    private void tunnel(Flow flow, Pool.Place place, Uri proxy, long deadline)
            throws IOException {
        String authority = place.host() + ":" + place.port();
        Fields.Builder fields = Fields.builder().add("Host", authority);
        credentials(proxy).ifPresent(value -> fields.add("Proxy-Authorization", value));
        var connection = new ClientConnection(flow, rules);
        connection.send("CONNECT", authority, fields.build(), ClientContent.NONE);
        Response response =
                connection.receive(left(deadline, timeouts.head()), timeouts.read());
        if (!Status.isSuccess(response.status()) || !connection.isAtTunnel()) {
            throw new IOException(
                    "proxy " + proxy.hostText().orElse("") + ": " + response.status());
        }
        flow.readTimeout(0);
    }

    /// Ends the connections that nobody uses; those in use end with their responses.
    @Override
    public void close() {
        pool.close();
    }
}
