// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;
import io.mirage4j.http.BasicCredentials;
import io.mirage4j.http.BearerToken;
import io.mirage4j.http.Exchange;
import io.mirage4j.http.Handler;
import io.mirage4j.http.Method;
import io.mirage4j.http.Response;
import io.mirage4j.http.cache.PrivateCache;
import io.mirage4j.http.cookie.CookieJar;
import io.mirage4j.http.cookie.PublicSuffixes;
import io.mirage4j.platform.Flow;
import io.mirage4j.platform.Listener;
import io.mirage4j.uri.Uri;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What a client does between a request and its answer: waits for 100, answers challenges, asks its
/// cache.
@Timeout(60)
class ClientStepsTest {
    private static final ClientRequest GET = ClientRequest.get(Web.URI);
    private static final ClientRequest POST =
            ClientRequest.of(Method.POST, Web.URI)
                    .with("Expect", "100-continue")
                    .with(ReadOnlyCstruct.of("content"));

    private final Web web = new Web();
    private final AtomicInteger asked = new AtomicInteger();

    private static String content(Exchange exchange) throws IOException {
        var text = new StringBuilder();
        Cstruct buf = Cstruct.create(100);
        for (int count; (count = exchange.content().read(buf)) >= 0; ) {
            text.append(buf.sub(0, count).text(StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /// Reads until a head has ended, says `answer`, and gives all it reads until the client ends.
    private CompletableFuture<String> serveBare(String answer, String end) throws IOException {
        Listener listener = web.listen();
        var heard = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Flow flow = listener.accept()) {
                                var text = new StringBuilder();
                                Cstruct buf = Cstruct.create(100);
                                boolean said = false;
                                int count;
                                while (text.indexOf(end) < 0 && (count = flow.read(buf)) >= 0) {
                                    text.append(buf.sub(0, count).text(StandardCharsets.US_ASCII));
                                    if (!said && text.indexOf("\r\n\r\n") >= 0) {
                                        said = true;
                                        flow.write(ReadOnlyCstruct.of(answer));
                                    }
                                }
                                flow.write(
                                        ReadOnlyCstruct.of(
                                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                                heard.complete(text.toString());
                            } catch (IOException | RuntimeException e) {
                                heard.completeExceptionally(e);
                            }
                        });
        return heard;
    }

    @Test
    void contentIsSentOnceTheServerWantsIt() throws Exception {
        web.serve(
                exchange ->
                        exchange.respond(Response.of(200), ReadOnlyCstruct.of(content(exchange))));
        try (HttpClient client = web.client().build()) {
            assertThat(Web.text(client, POST)).isEqualTo("200 content");
            assertThat(Web.text(client, POST)).isEqualTo("200 content");
        }
        assertThat(web.connects()).isOne();
    }

    @Test
    void contentIsNotSentToAServerThatAnswersWithoutIt() throws Exception {
        CompletableFuture<String> heard =
                serveBare(
                        "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno",
                        "content");
        try (HttpClient client = web.client().build()) {
            assertThat(Web.text(client, POST)).isEqualTo("417 no");
        }
        assertThat(heard).failsWithin(Duration.ofSeconds(20)); // the client has gone
    }

    @Test
    void contentIsSentAtLastToAServerThatSaysNothing() throws Exception {
        CompletableFuture<String> heard = serveBare("", "content");
        Timeouts soon = Timeouts.DEFAULT.withGoAhead(50_000_000);
        try (HttpClient client = web.client().timeouts(soon).build()) {
            assertThat(Web.text(client, POST)).isEqualTo("200 ok");
        }
        assertThat(heard.get()).endsWith("content");
    }

    @Test
    void otherInterimResponsesDoNotCallForTheContent() throws Exception {
        CompletableFuture<String> heard =
                serveBare(
                        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n", "content");
        try (HttpClient client = web.client().build()) {
            assertThat(Web.text(client, POST)).isEqualTo("200 ok");
        }
        assertThat(heard.get()).endsWith("content");
    }

    private Handler secret() {
        return exchange -> {
            asked.incrementAndGet();
            Optional<BasicCredentials> known =
                    exchange.request()
                            .fields()
                            .only("authorization")
                            .flatMap(BasicCredentials::parse);
            if (known.equals(Optional.of(new BasicCredentials("ada", "lace")))) {
                exchange.respond(Response.of(200), ReadOnlyCstruct.of("secret"));
            } else {
                exchange.respond(
                        Response.of(401, "WWW-Authenticate", "Bearer x=1, Basic realm=\"harbour\""),
                        ReadOnlyCstruct.of("who?"));
            }
        };
    }

    @Test
    void challengeIsAnsweredWhereThereAreCredentials() throws Exception {
        web.serve(secret());
        Credentials ada =
                (uri, realm) ->
                        realm.equals("harbour") && uri.toString().equals(Web.URI)
                                ? Optional.of(new BasicCredentials("ada", "lace"))
                                : Optional.empty();
        try (HttpClient client = web.client().credentials(ada).build()) {
            assertThat(Web.text(client, GET)).isEqualTo("200 secret");
            assertThat(Web.text(client, ClientRequest.get(Web.URI + "other"))).startsWith("401");
        }
        assertThat(asked).hasValue(3);
        // What a 401 says is read away, so that its connection serves again.
        assertThat(web.connects()).isOne();
    }

    @Test
    void digestIsAnsweredBeforeBasicAndShowsNoPassword() throws Exception {
        web.serve(
                exchange -> {
                    String said = exchange.request().fields().only("authorization").orElse("");
                    boolean knows =
                            said.startsWith("Digest username=\"ada\"")
                                    && said.contains("response=\"")
                                    && !said.contains("lace");
                    exchange.respond(
                            Response.of(
                                    knows ? 200 : 401,
                                    "WWW-Authenticate",
                                    "Basic realm=\"a\", Digest realm=\"a\", nonce=\"n\","
                                            + " qop=\"auth\", algorithm=SHA-256"),
                            ReadOnlyCstruct.of("?"));
                });
        Credentials ada = (_, _) -> Optional.of(new BasicCredentials("ada", "lace"));
        try (HttpClient client = web.client().credentials(ada).build()) {
            assertThat(Web.text(client, GET)).isEqualTo("200 ?");
        }
    }

    @Test
    void tokenIsGivenWhereBearerIsAsked() throws Exception {
        web.serve(
                exchange -> {
                    String said = exchange.request().fields().only("authorization").orElse("");
                    exchange.respond(
                            Response.of(
                                    said.equals("Bearer t") ? 200 : 401,
                                    "WWW-Authenticate",
                                    "Bearer realm=\"a\""),
                            ReadOnlyCstruct.of("?"));
                });
        Credentials token =
                new Credentials() {
                    @Override
                    public Optional<BasicCredentials> of(Uri uri, String realm) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<BearerToken> token(Uri uri, String realm) {
                        return Optional.of(new BearerToken("t"));
                    }
                };
        try (HttpClient client = web.client().credentials(token).build()) {
            assertThat(Web.text(client, GET)).isEqualTo("200 ?");
        }
    }

    @Test
    void wrongCredentialsAreGivenOnce() throws Exception {
        web.serve(secret());
        Credentials eve = (_, _) -> Optional.of(new BasicCredentials("eve", "?"));
        try (HttpClient client = web.client().credentials(eve).build()) {
            assertThat(Web.text(client, GET)).isEqualTo("401 who?");
        }
        assertThat(asked).hasValue(2);
    }

    private Handler counting(String... fields) {
        return exchange -> {
            int count = asked.incrementAndGet();
            boolean same =
                    exchange.request().fields().only("if-none-match").orElse("").equals("\"a\"");
            if (same) {
                exchange.respond(Response.of(304, fields)).close();
            } else {
                exchange.respond(Response.of(200, fields), ReadOnlyCstruct.of("answer " + count));
            }
        };
    }

    private HttpClient cached(PrivateCache cache) {
        return web.client().cache(cache).build();
    }

    @Test
    void freshResponseIsNotAskedForAgain() throws Exception {
        web.serve(counting("Cache-Control", "max-age=100"));
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            try (ClientResponse response = client.send(GET)) {
                assertThat(response.fields().number("age")).isNotEmpty();
            }
            assertThat(Web.text(client, ClientRequest.get(Web.URI + "?")))
                    .isEqualTo("200 answer 2");
        }
    }

    @Test
    void staleResponseIsServedOnceTheServerSaysItHolds() throws Exception {
        web.serve(counting("Cache-Control", "no-cache", "ETag", "\"a\""));
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
        }
        assertThat(asked).hasValue(2);
        assertThat(web.connects()).isOne();
    }

    @Test
    void staleResponseIsServedAndAskedForMeanwhile() throws Exception {
        // RFC 5861, 3.
        var twice = new CountDownLatch(2);
        Handler counting =
                counting("Cache-Control", "max-age=0, stale-while-revalidate=60", "ETag", "\"a\"");
        web.serve(
                exchange -> {
                    twice.countDown();
                    counting.handle(exchange);
                });
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void responseThatWasNotReadToItsEndIsNotKept() throws Exception {
        web.serve(counting("Cache-Control", "max-age=100"));
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            try (ClientResponse response = client.send(GET)) {
                response.content().read(Cstruct.create(3));
            }
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 2");
        }
    }

    @Test
    void unsafeRequestDropsWhatIsStored() throws Exception {
        web.serve(counting("Cache-Control", "max-age=100"));
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            assertThat(Web.text(client, ClientRequest.of(Method.POST, Web.URI)))
                    .isEqualTo("200 answer 2");
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 3");
        }
    }

    @Test
    void responseThatVariesByCookieIsNotServedForAnother() throws Exception {
        web.serve(counting("Cache-Control", "max-age=100", "Vary", "Cookie"));
        var jar = new CookieJar(PublicSuffixes.TOP_LEVEL);
        try (HttpClient client =
                web.client().cookies(jar).cache(new PrivateCache(1 << 20)).build()) {
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 1");
            jar.set(GET.uri(), "user=ada", 0);
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 2");
            assertThat(Web.text(client, GET)).isEqualTo("200 answer 2");
        }
    }

    @Test
    void onlyIfCachedGets504WhereNothingIs() throws Exception {
        web.serve(counting());
        try (HttpClient client = cached(new PrivateCache(1 << 20))) {
            assertThat(Web.text(client, GET.with("Cache-Control", "only-if-cached")))
                    .isEqualTo("504 ");
        }
        assertThat(asked).hasValue(0);
    }
}
