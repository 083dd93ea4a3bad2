// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.http.Handler;
import io.mirage4j.http.client.ClientRequest;
import io.mirage4j.http.client.ClientResponse;
import io.mirage4j.http.client.HttpClient;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.Listener;
import io.mirage4j.platform.host.file.DirectoryKv;
import io.mirage4j.platform.host.net.HostResolver;
import io.mirage4j.platform.host.net.HostTransport;
import io.mirage4j.platform.host.net.SocketConnector;
import io.mirage4j.platform.memory.MemoryKv;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Real programs on loopback: clients of our server, attackers of it, nginx before it, and nginx as
/// what our client asks.
@Timeout(60)
class PeersTest {
    private static final byte[] VIDEO = new byte[300_000];
    private static final String TEXT = "all work and no play\n".repeat(2000);

    static {
        for (int i = 0; i < VIDEO.length; i++) {
            VIDEO[i] = (byte) (i * 31 + (i >> 8));
        }
    }

    @TempDir Path folder;
    private HttpServer server;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        var kv = new MemoryKv();
        kv.put("index.html", "<p>hello");
        kv.put("text.txt", TEXT);
        kv.put("video.mp4", Cstruct.of(VIDEO), Instant.EPOCH);
        Handler site = new GzipContent(StaticContent.of(kv));
        Handler handler =
                exchange -> {
                    if (exchange.request().path().equals("/echo")) {
                        HttpServerTest.echo(exchange);
                    } else {
                        site.handle(exchange);
                    }
                };
        Listener listener = new HostTransport().listen(Endpoint.of("127.0.0.1:0"));
        server =
                HttpServer.builder(handler, Pipe.CLOCK)
                        .deadlines(
                                Deadlines.DEFAULT
                                        .withHead(2_000_000_000L)
                                        .withBody(2_000_000_000L, 1000)
                                        .withWrite(2_000_000_000L))
                        .build()
                        .start(listener);
        url = "http://" + listener.local().orElseThrow();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void curlGetsRangesAndConditionsAndCodings() throws Exception {
        Path got = folder.resolve("got");
        run("curl", "-sS", "-o", got.toString(), url + "/video.mp4");
        assertThat(Files.readAllBytes(got)).isEqualTo(VIDEO);
        run("curl", "-sS", "-r", "1000-200999", "-o", got.toString(), url + "/video.mp4");
        assertThat(Files.readAllBytes(got)).isEqualTo(Arrays.copyOfRange(VIDEO, 1000, 201_000));
        assertThat(run("curl", "-sS", "-I", url + "/text.txt"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("Content-Length: " + TEXT.length());
        assertThat(run("curl", "-sS", "--compressed", url + "/text.txt")).isEqualTo(TEXT);
        String tags = folder.resolve("tags").toString();
        String status = "%{http_code}";
        run("curl", "-sS", "--etag-save", tags, "-o", got.toString(), url + "/text.txt");
        assertThat(run("curl", "-sS", "--etag-compare", tags, "-w", status, url + "/text.txt"))
                .isEqualTo("304");
        assertThat(
                        run(
                                "curl",
                                "-sS",
                                "--path-as-is",
                                "-o",
                                got.toString(),
                                "-w",
                                status,
                                url + "/../x"))
                .isEqualTo("404");
    }

    @Test
    void curlSendsContentAfter100AndInChunks() throws Exception {
        Path file = Files.write(folder.resolve("up"), VIDEO);
        Path got = folder.resolve("got");
        for (String field : List.of("Expect: 100-continue", "Transfer-Encoding: chunked")) {
            run(
                    "curl",
                    "-sS",
                    "-H",
                    field,
                    "--data-binary",
                    "@" + file,
                    "-o",
                    got.toString(),
                    url + "/echo");
            assertThat(Files.readAllBytes(got)).as(field).isEqualTo(VIDEO);
        }
    }

    @Test
    void clientOfTheJdkIsServed() throws Exception {
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/video.mp4")).build();
            var pending =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> client.sendAsync(request, BodyHandlers.ofByteArray()))
                            .toList();
            for (CompletableFuture<java.net.http.HttpResponse<byte[]>> one : pending) {
                assertThat(one.get().body()).isEqualTo(VIDEO);
            }
        }
    }

    @Test
    void loadLosesNothing() throws Exception {
        assertThat(run("ab", "-q", "-k", "-n", "3000", "-c", "20", url + "/"))
                .contains("Complete requests:      3000", "Failed requests:        0")
                .doesNotContain("Non-2xx");
        assertThat(run("wrk", "-t", "1", "-c", "20", "-d", "2", url + "/"))
                .doesNotContain("Socket errors", "Non-2xx");
        assertThat(server.metrics().handlerFailures()).isZero();
    }

    @Test
    void siteStaysUpUnderSlowClients() throws Exception {
        // -H slow heads, -B slow content, -X slow reading; 5 s each, all at once.
        List<Process> attacks =
                List.of(
                        start("slowhttptest", "-H", "-c", "200", "-r", "200", "-l", "5", "-u", url),
                        start(
                                "slowhttptest",
                                "-B",
                                "-c",
                                "200",
                                "-r",
                                "200",
                                "-l",
                                "5",
                                "-u",
                                url + "/echo"),
                        start(
                                "slowhttptest",
                                "-X",
                                "-c",
                                "100",
                                "-r",
                                "100",
                                "-l",
                                "5",
                                "-u",
                                url + "/video.mp4"));
        int answered = 0;
        while (attacks.stream().anyMatch(Process::isAlive)) {
            assertThat(run("curl", "-sS", "-m", "10", url + "/")).isEqualTo("<p>hello");
            answered++;
        }
        assertThat(answered).isPositive();
        assertThat(server.metrics().timeouts()).isPositive();
    }

    @Test
    void ourClientReadsNginx() throws Exception {
        Files.write(Files.createDirectories(folder.resolve("www")).resolve("v.bin"), VIDEO);
        Files.writeString(folder.resolve("www/t.txt"), TEXT);
        int port = freePort();
        String location = "root " + folder.resolve("www") + "; gzip on; gzip_types *;";
        Process nginx = nginx(port, location);
        try (HttpClient client = client()) {
            String origin = "http://localhost:" + port;
            for (int i = 0; i < 3; i++) {
                try (ClientResponse file = client.send(ClientRequest.get(origin + "/v.bin"))) {
                    assertThat(file.octets(1 << 20)).isEqualTo(VIDEO);
                }
                try (ClientResponse text = client.send(ClientRequest.get(origin + "/t.txt"))) {
                    assertThat(text.text(1 << 20)).isEqualTo(TEXT);
                }
            }
            try (ClientResponse none = client.send(ClientRequest.get(origin + "/none"))) {
                assertThat(none.status()).isEqualTo(404);
            }
        } finally {
            stop(nginx);
        }
    }

    @Test
    void nginxBeforeOurServerPassesBothWays() throws Exception {
        int port = freePort();
        Process nginx = nginx(port, "proxy_pass " + url + "; proxy_http_version 1.1;");
        try (HttpClient client = client()) {
            String origin = "http://127.0.0.1:" + port;
            try (ClientResponse file = client.send(ClientRequest.get(origin + "/video.mp4"))) {
                assertThat(file.octets(1 << 20)).isEqualTo(VIDEO);
            }
            ClientRequest post =
                    ClientRequest.of(io.mirage4j.http.Method.POST, origin + "/echo")
                            .with(sink -> sink.write(Cstruct.of(VIDEO)));
            try (ClientResponse echo = client.send(post)) {
                assertThat(echo.octets(1 << 20)).isEqualTo(VIDEO);
            }
        } finally {
            stop(nginx);
        }
    }

    @Test
    void drainUnderLoadLosesNoRequestThatWasTaken() throws Exception {
        Files.writeString(folder.resolve("a.txt"), TEXT);
        Listener listener = new HostTransport().listen(Endpoint.of("127.0.0.1:0"));
        HttpServer draining =
                HttpServer.builder(StaticContent.of(DirectoryKv.open(folder)), Pipe.CLOCK)
                        .build()
                        .start(listener);
        String file = "http://" + listener.local().orElseThrow() + "/a.txt";
        try (HttpClient client = client()) {
            Thread load = Thread.ofVirtual().unstarted(() -> getUntilRefused(client, file));
            load.start();
            while (draining.metrics().requests() < 20) {
                Thread.onSpinWait();
            }
            assertThat(draining.drain(TimeUnit.SECONDS.toNanos(20))).isZero();
            load.join();
        }
        assertThat(draining.metrics().connections()).isZero();
    }

    /// Every response that begins is whole; in the end nobody listens.
    private static void getUntilRefused(HttpClient client, String file) {
        while (true) {
            try (ClientResponse response = client.send(ClientRequest.get(file))) {
                assertThat(response.text(1 << 20)).isEqualTo(TEXT);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("connect");
                return;
            }
        }
    }

    private static HttpClient client() {
        var resolver = new HostResolver();
        return HttpClient.builder(SocketConnector.create(), resolver, Pipe.CLOCK).build();
    }

    private Process nginx(int port, String location) throws Exception {
        Path conf =
                Files.writeString(
                        folder.resolve("nginx.conf"),
                        """
                        daemon off; master_process off; pid %1$s/pid; error_log %1$s/error;
                        events {}
                        http {
                          access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
                          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                          client_max_body_size 10m;
                          server { listen 127.0.0.1:%2$d; location / { %3$s } }
                        }
                        """
                                .formatted(folder, port, location));
        Process nginx = start("nginx", "-c", conf.toString(), "-e", folder + "/error");
        var endpoint = new Endpoint(IpAddress.of("127.0.0.1"), port);
        while (nginx.isAlive()) {
            try {
                SocketConnector.create().connect(endpoint).close();
                return nginx;
            } catch (IOException e) {
                Thread.onSpinWait(); // not yet
            }
        }
        throw new AssertionError(
                new String(nginx.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start(String... command) throws IOException {
        String[] found = command.clone();
        found[0] = Peers.require(command[0]).toString();
        return new ProcessBuilder(found)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        command[0].equals("slowhttptest")
                                ? ProcessBuilder.Redirect.DISCARD
                                : ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private String run(String... command) throws Exception {
        Process process = start(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
