// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.echo;

import io.mirage4j.platform.Clock;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.Ipv6Address;
import io.mirage4j.platform.NetDevice;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.host.HostClock;
import io.mirage4j.platform.host.HostConsole;
import io.mirage4j.platform.host.HostEntropy;
import io.mirage4j.platform.host.linux.TapDevice;
import io.mirage4j.platform.host.loop.HostLoop;
import io.mirage4j.platform.host.net.PasstDevice;
import io.mirage4j.tcpip.Stack;
import io.mirage4j.tcpip.StackConfig;
import io.mirage4j.tcpip.socket.Sockets;
import io.mirage4j.tcpip.socket.TcpServerSocket;
import io.mirage4j.tcpip.socket.UdpSocket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// [Echo] on a stack of ours, on a TAP or on passt.
public final class Main {
    private static final Endpoint PORT = new Endpoint(Ipv6Address.UNSPECIFIED, Echo.PORT);

    /// What the stack takes as it is.
    private static final Set<Offload> UNDONE =
            Set.of(Offload.CHECKSUM, Offload.TCP4_SEGMENTS, Offload.TCP6_SEGMENTS);

    public static void main(String[] args) {
        var console = new HostConsole();
        try {
            run(Options.parse(args), console);
        } catch (IllegalArgumentException e) {
            console.println("echo: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        } catch (IOException e) {
            console.println("echo: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options, HostConsole console) throws IOException {
        NetDevice nic = open(options);
        Clock clock = new HostClock();
        Stack stack = Stack.create(config(options, nic), new HostEntropy(), clock.nanoTime());
        try (Sockets net =
                        Sockets.start(
                                stack,
                                clock,
                                engine -> HostLoop.start("echo", engine, nic, clock));
                TcpServerSocket tcp = net.listen(PORT);
                UdpSocket udp = net.bind(PORT)) {
            console.println("echo: TCP and UDP port 7, and ping, at " + options.addresses());
            Thread.startVirtualThread(() -> serve(udp, console));
            Echo.serve(tcp);
        }
    }

    private static void serve(UdpSocket udp, HostConsole console) {
        try {
            Echo.serve(udp);
        } catch (IOException e) {
            console.println("echo: UDP ends: " + e.getMessage());
        }
    }

    private static NetDevice open(Options options) throws IOException {
        if (options.tap().isEmpty()) {
            return PasstDevice.connect(Path.of(options.passt()), options.mac());
        }
        TapDevice tap = TapDevice.open(options.tap(), options.mac());
        tap.up();
        tap.receiveOffloads(UNDONE);
        return tap;
    }

    private static StackConfig config(Options options, NetDevice nic) {
        StackConfig.Builder builder = StackConfig.builder(nic);
        options.addresses().forEach(builder::address);
        options.gateway().ifPresent(builder::gateway);
        boolean hasIpv4 =
                options.addresses().stream()
                        .anyMatch(prefix -> prefix.address() instanceof Ipv4Address);
        return builder.dhcp(!hasIpv4).offloads(nic.sendOffloads()).build();
    }

    private Main() {}
}
