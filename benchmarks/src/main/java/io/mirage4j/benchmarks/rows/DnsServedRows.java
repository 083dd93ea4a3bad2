// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.benchmarks.rows;

import io.mirage4j.benchmarks.harness.Layout;
import io.mirage4j.benchmarks.harness.Row;
import io.mirage4j.benchmarks.harness.ServerCpu;
import io.mirage4j.benchmarks.harness.SkippedException;
import io.mirage4j.benchmarks.unikernel.Command;
import io.mirage4j.dns.DnsName;
import io.mirage4j.dns.Message;
import io.mirage4j.dns.RrType;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processor time of the example `dns-server` for a query on loopback, beside other servers with
/// the same zone of 10,000 names and one worker, under `dnsperf` in turn. The value is ours /
/// theirs; both times go to standard error.
final class DnsServedRows {
    /// The board below the program.
    private static final Path HOST = Path.of("unikernel-assembly/target/unikernel-assembly.jar");

    private static final int NAMES = 10_000;
    private static final int QUERIES = 20_000;
    private static final int SLICE_SECONDS = 3;
    private static final int WARM_SLICES = 3;
    private static final int PAIRS = 7;

    /// How a server is started on a port, with its files in a folder.
    private interface Starter {
        List<String> of(Path folder, int port) throws Exception;
    }

    static List<Row> rows() {
        return List.of(
                row("nsd", 1, DnsServedRows::nsd),
                row("knot", 1, DnsServedRows::knot),
                row("c-echo", 1.25, DnsServedRows::echo));
    }

    private static Row row(String peer, double goal, Starter command) {
        return Row.value("dns", "served-cpu-to-" + peer, "x", goal, () -> ratio(peer, command));
    }

    private static double ratio(String peer, Starter command) throws Exception {
        require("/usr/bin/dnsperf", "dnsperf");
        Path folder = Files.createTempDirectory("served");
        try {
            writeFiles(folder);
            int ourPort = freePort();
            int theirPort = freePort();
            List<String> theirs = command.of(folder, theirPort);
            try (var us = start(ours(folder, ourPort), folder.resolve("ours.log"), ourPort);
                    var them = start(theirs, folder.resolve("theirs.log"), theirPort)) {
                return ratio(peer, folder, us, ourPort, them, theirPort);
            }
        } finally {
            new Command(List.of("rm", "-r", folder.toString())).run();
        }
    }

    private static double ratio(
            String peer, Path folder, ServerCpu us, int ourPort, ServerCpu them, int theirPort)
            throws Exception {
        for (int i = 0; i < WARM_SLICES; i++) load(folder, ourPort);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            double our = us.nanosPer(() -> load(folder, ourPort));
            double their = them.nanosPer(() -> load(folder, theirPort));
            ours.add(our);
            theirs.add(their);
            ratios.add(our / their);
        }
        ratios.sort(null);
        System.err.printf(
                "served: ours %.2f us, %s %.2f us of CPU a query, ratio %.3f [%.3f..%.3f]%n",
                median(ours) / 1000,
                peer,
                median(theirs) / 1000,
                median(ratios),
                ratios.getFirst(),
                ratios.getLast());
        return median(ratios);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// How many queries were answered in a slice.
    private static long load(Path folder, int port) throws Exception {
        List<String> words = new ArrayList<>(List.of("dnsperf", "-s", "127.0.0.1"));
        words.addAll(List.of("-p", "" + port, "-d", folder.resolve("queries").toString()));
        words.addAll(List.of("-l", "" + SLICE_SECONDS, "-c", "1", "-T", "1", "-e"));
        String output = new Command(words).output();
        long lost = number(output, "Queries lost:");
        if (lost > 0) {
            System.err.println("served: " + lost + " queries were lost");
        }
        return number(output, "Queries completed:");
    }

    private static long number(String output, String label) throws IOException {
        for (String line : output.lines().toList()) {
            if (line.strip().startsWith(label)) {
                return Long.parseLong(line.strip().substring(label.length()).strip().split(" ")[0]);
            }
        }
        throw new IOException("dnsperf does not tell " + label + " in: " + output);
    }

    private static void writeFiles(Path folder) throws IOException {
        var zone = new StringBuilder("$ORIGIN example.test.\n$TTL 3600\n");
        zone.append("@ SOA ns1 admin 1 7200 3600 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n");
        for (int i = 0; i < NAMES; i++) zone.append("host%d A 192.0.2.%d%n".formatted(i, i % 256));
        Files.writeString(folder.resolve("zone"), zone);
        var queries = new StringBuilder();
        for (int i = 0; i < QUERIES; i++) {
            queries.append("host%d.example.test A%n".formatted(i * 7919L % NAMES));
        }
        Files.writeString(folder.resolve("queries"), queries);
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerCpu start(List<String> command, Path log, int port) throws Exception {
        return ServerCpu.start(command, log, () -> answers(port));
    }

    private static boolean answers(int port) throws IOException {
        byte[] query =
                Message.query(1, DnsName.of("ns1.example.test."), RrType.A, null)
                        .toOctets()
                        .toByteArray();
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.send(new DatagramPacket(query, query.length));
            socket.receive(new DatagramPacket(new byte[512], 512));
            return true;
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return false;
        }
    }

    private static void require(String program, String debianPackage) throws SkippedException {
        if (!Files.isExecutable(Path.of(program))) {
            throw new SkippedException("no " + program + " (Debian: " + debianPackage + ")");
        }
    }

    private static List<String> ours(Path folder, int port) throws SkippedException {
        if (!Files.exists(HOST)) {
            throw new SkippedException("no " + HOST + ": `./mirage bench` makes it");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + HOST.toAbsolutePath(),
                "io.mirage4j.assembly.host.HostStart",
                "io.mirage4j.examples.dns.Main",
                "--",
                "--zone",
                "example.test=" + folder.resolve("zone"),
                "--port",
                "" + port);
    }

    private static List<String> nsd(Path folder, int port) throws Exception {
        require("/usr/sbin/nsd", "nsd");
        String text =
                """
                server:
                    ip-address: 127.0.0.1@PORT
                    username: ""
                    zonesdir: "FOLDER"
                    database: ""
                    pidfile: "FOLDER/nsd.pid"
                    xfrdfile: "FOLDER/xfrd.state"
                    zonelistfile: "FOLDER/zones.list"
                    xfrdir: "FOLDER"
                    minimal-responses: yes
                    rrl-ratelimit: 0
                    server-count: 1
                remote-control:
                    control-enable: no
                zone:
                    name: example.test
                    zonefile: "FOLDER/zone"
                """;
        return List.of("/usr/sbin/nsd", "-d", "-c", config(folder, "nsd.conf", text, port));
    }

    private static List<String> knot(Path folder, int port) throws Exception {
        require("/usr/sbin/knotd", "knot");
        String text =
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
                zone:
                  - domain: example.test
                    file: "FOLDER/zone"
                    semantic-checks: off
                """;
        return List.of("/usr/sbin/knotd", "-c", config(folder, "knot.conf", text, port));
    }

    private static String config(Path folder, String name, String text, int port)
            throws IOException {
        String filled = text.replace("FOLDER", folder.toString()).replace("PORT", "" + port);
        return Files.writeString(folder.resolve(name), filled).toString();
    }

    private static List<String> echo(Path folder, int port) throws Exception {
        require("/usr/bin/cc", "gcc");
        Path source = Layout.root().resolve("benchmarks/src/main/c/dns_echo.c");
        String program = folder.resolve("dns_echo").toString();
        new Command(List.of("cc", "-O3", "-Wall", "-o", program, source.toString())).output();
        return List.of(program, "" + port);
    }

    private DnsServedRows() {}
}
