// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.dns.server;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Another name server with one zone, `example.test`, on a loopback port of its own.
public final class PeerServer implements AutoCloseable {
    public enum Kind {
        NSD("nsd"),
        KNOT("knotd"),
        BIND("named");

        private final String program;

        Kind(String program) {
            this.program = program;
        }
    }

    private final Process process;
    private final DatagramSocket socket;
    private final Path log;

    private PeerServer(Process process, DatagramSocket socket, Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /// Starts a server in `folder` and waits until it answers.
    static PeerServer start(Kind kind, Path folder, Path zone) throws Exception {
        String section =
                switch (kind) {
                    case NSD -> "zone:\n    name: example.test\n    zonefile: \"ZONE\"\n";
                    case KNOT ->
                            "zone:\n  - domain: example.test\n    file: \"ZONE\"\n"
                                    + "    semantic-checks: off\n";
                    case BIND ->
                            "zone \"example.test\" { type primary; file \"ZONE\";"
                                    + " check-integrity no; };\n";
                };
        return start(kind, folder, freePort(), section.replace("ZONE", zone.toString()));
    }

    /// Starts a server with more of its own configuration, that of the zone among it.
    public static PeerServer start(Kind kind, Path folder, int port, String section)
            throws Exception {
        Path config = folder.resolve("config");
        Path log = folder.resolve("log");
        Files.writeString(config, config(kind, folder, port) + section);
        Process process =
                new ProcessBuilder(command(kind, config))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(500);
        var server = new PeerServer(process, socket, log);
        try {
            server.awaitAnswer();
        } catch (Exception e) {
            server.close();
            throw e;
        }
        return server;
    }

    /// A port that nobody has now, neither of UDP nor of TCP, and that the kernel gives to nobody
    /// who connects, so that a server which starts again finds it free.
    public static int freePort() throws IOException {
        var random = new Random();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 1000; i++) {
            int port = random.nextInt(10_000, 30_000);
            try (var udp = new DatagramSocket(port, loopback);
                    var tcp = new ServerSocket(port, 1, loopback)) {
                if (udp.isBound() && tcp.isBound()) return port;
            } catch (BindException e) {
                // Somebody has it.
            }
        }
        throw new IOException("no free port");
    }

    private static List<String> command(Kind kind, Path config) {
        String program = Peers.require(kind.program).toString();
        return switch (kind) {
            case NSD -> List.of(program, "-d", "-c", config.toString());
            case KNOT -> List.of(program, "-c", config.toString());
            case BIND -> List.of(program, "-g", "-c", config.toString());
        };
    }

    private static String config(Kind kind, Path folder, int port) {
        String text =
                switch (kind) {
                    case NSD ->
                            """
                            server:
                                ip-address: 127.0.0.1@PORT
                                username: ""
                                zonesdir: "FOLDER"
                                database: ""
                                pidfile: "FOLDER/pid"
                                xfrdfile: "FOLDER/xfrd.state"
                                zonelistfile: "FOLDER/zones.list"
                                xfrdir: "FOLDER"
                                minimal-responses: yes
                                rrl-ratelimit: 0
                                server-count: 1
                            remote-control:
                                control-enable: no
                            """;
                    case KNOT ->
                            """
                            server:
                                rundir: "FOLDER"
                                listen: 127.0.0.1@PORT
                                udp-workers: 1
                                tcp-workers: 1
                                background-workers: 1
                            log:
                              - target: stdout
                                any: warning
                            database:
                                storage: "FOLDER"
                            """;
                    case BIND ->
                            """
                            controls {};
                            options {
                                directory "FOLDER";
                                listen-on port PORT { 127.0.0.1; };
                                listen-on-v6 { none; };
                                pid-file none;
                                session-keyfile none;
                                recursion no;
                                minimal-responses yes;
                                zero-no-soa-ttl no;
                                dnssec-validation no;
                                notify no;
                            };
                            """;
                };
        return text.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port));
    }

    private void awaitAnswer() throws Exception {
        // An SOA query, asked until somebody answers it with data.
        byte[] query = {
            0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 4, 't', 'e',
            's', 't', 0, 0, 6, 0, 1
        };
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                byte[] answer = once(query);
                if ((answer[3] & 15) == 0 && answer[7] > 0) return;
            } catch (IOException e) {
                // Not there yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("no answer: " + Files.readString(log));
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.0.1:" + socket.getPort());
    }

    /// The answer to a query, which is asked again when it gets lost.
    byte[] ask(byte[] query) throws IOException {
        for (int i = 0; i < 10; i++) {
            try {
                return once(query);
            } catch (SocketTimeoutException e) {
                // Lost, or late.
            }
        }
        throw new IOException("no answer: " + Files.readString(log));
    }

    private byte[] once(byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
        byte[] buffer = new byte[65_535];
        while (true) {
            var packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            if (buffer[0] == query[0] && buffer[1] == query[1]) {
                return Arrays.copyOf(buffer, packet.getLength());
            }
        }
    }

    public int port() {
        return socket.getPort();
    }

    /// What the server has printed.
    public String log() throws IOException {
        return Files.readString(log);
    }

    /// Makes the server read its files again.
    public void reload() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() throws Exception {
        socket.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
