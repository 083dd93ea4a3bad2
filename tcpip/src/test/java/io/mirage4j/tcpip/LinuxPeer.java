// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.platform.pcapng.PcapngTap;
import io.mirage4j.platform.pcapng.PcapngWriter;
import io.mirage4j.tcpip.socket.Sockets;
import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A Linux in a network namespace at the other end of a TAP, and our stack at this one; all frames
/// are captured. Skips the test, with a line, where that can not be had.
final class LinuxPeer implements AutoCloseable {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:0d:02");

    final Path capture;
    final Stack stack;
    private final NetworkNamespace namespace;
    final Sockets net;
    private final HostLoop loop;
    private final HostClock clock = new HostClock();
    private final List<Process> servers = new ArrayList<>();
    private final PcapngWriter writer;

    LinuxPeer(Path folder, UnaryOperator<StackConfig.Builder> settings) throws Exception {
        this(folder, settings, nic -> nic);
    }

    /// @param between what stands between the stack and the TAP
    LinuxPeer(
            Path folder,
            UnaryOperator<StackConfig.Builder> settings,
            UnaryOperator<NetDevice> between)
            throws Exception {
        namespace = NetworkNamespace.create();
        TapDevice tap = TapDevice.open("m4jip%d", MacAddress.of("02:00:00:00:0d:01"));
        run("ip", "link", "set", tap.name(), "netns", namespace.name());
        // The name is free again out here, and means the one in there from now on.
        namespace.ip("link set lo up");
        namespace.ip("address add 192.0.2.254/24 dev " + tap.name());
        namespace.ip("address add 2001:db8::fe/64 dev " + tap.name() + " nodad");
        namespace.ip("link set " + tap.name() + " up");
        device = tap.name();
        capture = folder.resolve("capture.pcapng");
        OutputStream file = Files.newOutputStream(capture);
        writer = PcapngWriter.open(file, clock, 64 << 20);
        Sleeper sleeper = tap.sleeper();
        stack =
                Stack.create(
                        settings.apply(StackConfig.builder(MAC, 1500)).build(),
                        new HostEntropy(),
                        clock.nanoTime());
        var started = new HostLoop[1];
        NetDevice nic = between.apply(PcapngTap.on(tap, "tap", writer));
        net =
                Sockets.start(
                        stack,
                        clock,
                        engine -> {
                            started[0] =
                                    HostLoop.start("linux-peer", engine, nic, sleeper, clock, 0);
                            return started[0];
                        });
        loop = started[0];
    }

    final String device;

    /// What `command` prints in the namespace; it must succeed.
    String exec(String... command) throws Exception {
        return namespace.run(command);
    }

    /// As [#exec], with files for what it reads and writes; its exit status must be 0.
    void exec(Path in, Path out, String... command) throws Exception {
        Process process =
                new ProcessBuilder(namespace.inside(command))
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + process.exitValue());
            }
        } finally {
            process.destroy();
        }
    }

    /// Starts a program in the namespace that runs until the end.
    void serve(String... command) throws IOException {
        Process server =
                new ProcessBuilder(namespace.inside(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        servers.add(server);
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
        return said;
    }

    /// tshark finds nothing wrong in what we sent.
    static void tsharkFindsNoFault(Path folder) throws Exception {
        Peers.require("tshark");
        String faults =
                run(
                        "tshark",
                        "-n",
                        "-r",
                        folder.resolve("capture.pcapng").toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-Y",
                        "eth.src == 02:00:00:00:0d:02 && (_ws.malformed"
                                + " || ip.checksum.status == 0 || udp.checksum.status == 0"
                                + " || tcp.checksum.status == 0"
                                + " || icmp.checksum.status == 0 || icmpv6.checksum.status == 0"
                                + " || igmp.checksum.status == 0 || _ws.expert.severity == error)");
        assertThat(faults.lines().filter(line -> !line.startsWith("Running as user"))).isEmpty();
    }

    /// What `question` finds, asked in the stack's own thread.
    <T> T ask(Function<Stack, T> question) throws Exception {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> answer.complete(question.apply(stack)));
        return answer.get(10, TimeUnit.SECONDS);
    }

    long now() {
        return clock.nanoTime();
    }

    /// Ends all of it, and closes the capture.
    @Override
    public void close() throws Exception {
        for (Process server : servers) {
            server.destroy();
            server.waitFor();
        }
        net.close();
        writer.close();
        namespace.close();
        if (loop.failure().isPresent()) {
            throw new AssertionError("the loop failed", loop.failure().get());
        }
    }
}
