// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.ServerCpu;
import io.mirage4j.benchmarks.servers.HelidonServer;
import io.mirage4j.benchmarks.servers.JettyServer;
import io.mirage4j.benchmarks.servers.NettyServer;
import io.mirage4j.benchmarks.servers.OurServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Servers over the loopback, by the processor time that they use themselves: a short answer, alone
/// and sixteen in a pipeline, beside other servers in the same minute; connections that idle; a
/// large file.
///
/// Ours has one carrier thread, since nginx has one worker and Netty one event loop; Jetty and
/// Helidon run as they come.
final class HttpServerRows {
    private static final int ROUNDS = 5;
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 2;
    private static final int IDLE = 10_000;
    private static final long FILE_OCTETS = 1L << 30;
    private static final List<String> ONE_CARRIER =
            List.of("-Djdk.virtualThreadScheduler.parallelism=1");

    private static final String PIPELINE =
            """
            init = function()
              local all = {}
              for i = 1, 16 do all[i] = wrk.format("GET", "/hello") end
              request = function() return table.concat(all) end
            end
            """;

    /// Starts a server on a port.
    @FunctionalInterface
    private interface Starting {
        ServerCpu on(int port) throws Exception;
    }

    /// Has a server work, and says how much it did.
    @FunctionalInterface
    private interface Work {
        double on(int port, int seconds) throws Exception;
    }

    static List<Row> rows() {
        return List.of(
                ratio("hello-beside-nginx", HttpServerRows::nginx, HttpServerRows::hello),
                ratio("hello-beside-netty", java(NettyServer.class), HttpServerRows::hello),
                ratio("hello-beside-jetty", java(JettyServer.class), HttpServerRows::hello),
                ratio("hello-beside-helidon", java(HelidonServer.class), HttpServerRows::hello),
                ratio("pipelined-beside-netty", java(NettyServer.class), HttpServerRows::pipelined),
                ratio("file-beside-nginx", HttpServerRows::nginx, HttpServerRows::file),
                Row.value("cohttp", "idle-connection", "octets", 4096, HttpServerRows::idle));
    }

    private static Starting java(Class<?> main) {
        return port -> ServerCpu.java(port, main, ONE_CARRIER);
    }

    private static ServerCpu ours(int port) throws Exception {
        List<String> command = new ArrayList<>(ONE_CARRIER);
        command.add("-Xmx512m");
        return ServerCpu.java(port, OurServer.class, command, folder().toString());
    }

    private static Row ratio(String name, Starting peer, Work work) {
        return Row.value("cohttp", name, "ratio", 1.0, () -> ratio(peer, work));
    }

    /// The median of rounds in which both work one after the other.
    private static double ratio(Starting peer, Work work) throws Exception {
        int port = ServerCpu.freePort();
        int peerPort = ServerCpu.freePort();
        try (ServerCpu ours = ours(port);
                ServerCpu theirs = peer.on(peerPort)) {
            work.on(port, WARM_SECONDS);
            work.on(peerPort, WARM_SECONDS);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                double mine = cost(ours, port, work);
                double other = cost(theirs, peerPort, work);
                System.err.printf(Locale.ROOT, "  %.2f us and %.2f us%n", 1e6 * mine, 1e6 * other);
                ratios.add(mine / other);
            }
            return ratios.stream().sorted().toList().get(ROUNDS / 2);
        }
    }

    private static double cost(ServerCpu server, int port, Work work) throws Exception {
        double before = server.seconds();
        double done = work.on(port, SECONDS);
        return (server.seconds() - before) / done;
    }

    private static double hello(int port, int seconds) throws Exception {
        return wrk("-t1", "-c32", "-d" + seconds, "http://127.0.0.1:" + port + "/hello");
    }

    private static double pipelined(int port, int seconds) throws Exception {
        Path script = Files.createTempFile("pipeline", ".lua");
        try {
            Files.writeString(script, PIPELINE);
            return wrk(
                    "-t1",
                    "-c32",
                    "-d" + seconds,
                    "-s",
                    script.toString(),
                    "http://127.0.0.1:" + port + "/hello");
        } finally {
            Files.delete(script);
        }
    }

    private static double wrk(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(ServerCpu.program("wrk", "wrk")));
        command.addAll(List.of(arguments));
        for (String line : ServerCpu.load(command.toArray(new String[0])).lines().toList()) {
            int end = line.indexOf(" requests in ");
            if (end > 0) return Double.parseDouble(line.substring(0, end).strip());
        }
        throw new IOException("wrk says nothing of requests");
    }

    /// Transfers one after the other until the time is over, and so at least one.
    private static double file(int port, int seconds) throws Exception {
        String curl = ServerCpu.program("curl", "curl");
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int transfers = 0;
        do {
            ServerCpu.load(
                    curl, "-sS", "-o", "/dev/null", "http://127.0.0.1:" + port + "/gibibyte");
            transfers++;
        } while (System.nanoTime() < end);
        return transfers;
    }

    private static Path folder() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "mirage4j-http-rows");
        Files.createDirectories(folder);
        Path file = folder.resolve("gibibyte");
        if (!Files.exists(file)) {
            try (FileChannel sparse =
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                sparse.write(ByteBuffer.wrap(new byte[1]), FILE_OCTETS - 1);
            }
        }
        return folder;
    }

    /// One worker, no log, no sendfile.
    private static ServerCpu nginx(int port) throws Exception {
        String program = ServerCpu.program("nginx", "nginx-light");
        Path folder = folder();
        String temporary =
                List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                        .map(name -> name + "_temp_path " + folder + "/" + name + ";")
                        .reduce("", String::concat);
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file,
                """
                worker_processes 1; daemon off; pid %1$s/nginx.pid; error_log %1$s/error.log;
                events { worker_connections 20000; }
                http { access_log off; sendfile off; keepalive_requests 1000000000; %2$s
                  server { listen 127.0.0.1:%3$d; root %1$s;
                    location = /hello { default_type text/plain; return 200 "hello\\n"; } } }
                """
                        .formatted(folder, temporary, port));
        return ServerCpu.start(
                port,
                List.of(
                        program,
                        "-c",
                        file.toString(),
                        "-e",
                        folder.resolve("error.log").toString()));
    }

    /// Octets of the server's heap for each of many connections that have asked once and wait.
    private static double idle() throws Exception {
        int port = ServerCpu.freePort();
        List<SocketChannel> connections = new ArrayList<>();
        try (ServerCpu ours = ours(port)) {
            hello(port, 1);
            double before = heap(port);
            byte[] request =
                    "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            ByteBuffer answer = ByteBuffer.allocate(1000);
            for (int i = 0; i < IDLE; i++) {
                SocketChannel channel = SocketChannel.open();
                connections.add(channel);
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ByteBuffer.wrap(request));
                channel.read(answer.clear());
            }
            double after = heap(port);
            System.err.printf(Locale.ROOT, "  cpu %.1f s%n", ours.seconds());
            return (after - before) / IDLE;
        } finally {
            for (SocketChannel connection : connections) {
                connection.close();
            }
        }
    }

    private static double heap(int port) throws Exception {
        String curl = ServerCpu.program("curl", "curl");
        return Double.parseDouble(
                ServerCpu.load(curl, "-sS", "http://127.0.0.1:" + port + "/heap"));
    }

    private HttpServerRows() {}
}
