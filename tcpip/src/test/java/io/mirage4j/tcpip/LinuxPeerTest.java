// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.platform.Endpoint;
import io.mirage4j.platform.IpAddress;
import io.mirage4j.platform.IpPrefix;
import io.mirage4j.tcpip.dhcp.Lease;
import io.mirage4j.tcpip.tcp.IcmpError;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Linux's own stack and the programs that people test networks with, at the other end of a TAP.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxPeerTest {
    private static final IpPrefix ADDRESS = IpPrefix.of("192.0.2.1/24");
    private static final IpPrefix ADDRESS_6 = IpPrefix.of("2001:db8::1/64");

    @TempDir Path folder;

    private LinuxPeer peer(UnaryOperator<StackConfig.Builder> settings) throws Exception {
        return new LinuxPeer(folder, settings);
    }

    private static StackConfig.Builder fixed(StackConfig.Builder settings) {
        return settings.address(ADDRESS).address(ADDRESS_6).routerAdvertisements(false);
    }

    private static void await(LinuxPeer peer, Predicate<Stack> condition) throws Exception {
        while (!peer.ask(condition::test)) {
            Thread.onSpinWait();
        }
    }

    private static boolean hasGlobal(Stack stack, String prefix) {
        return stack.addresses().stream()
                .anyMatch(
                        info ->
                                info.isUsable()
                                        && IpPrefix.of(prefix).contains(info.address().address()));
    }

    @Test
    void linuxPingsUsInAllSizesAndFloods() throws Exception {
        Peers.require("ping");
        try (LinuxPeer peer = peer(LinuxPeerTest::fixed)) {
            await(peer, stack -> hasGlobal(stack, "2001:db8::/64"));
            for (String to : new String[] {"192.0.2.1", "2001:db8::1"}) {
                assertThat(peer.exec("ping", "-q", "-c", "3", "-i", "0.01", to))
                        .contains(" 0% packet loss");
                assertThat(peer.exec("ping", "-q", "-c", "5", "-i", "0.01", "-s", "65000", to))
                        .contains(" 0% packet loss");
                assertThat(peer.exec("ping", "-q", "-f", "-c", "2000", to))
                        .contains(" 0% packet loss");
            }
            assertThat(peer.ask(Stack::counters).packets()).isZero();
        }
        tsharkFindsNoFault();
    }

    @Test
    void arpingAndTracerouteFindUs() throws Exception {
        Peers.require("arping");
        Peers.require("traceroute");
        try (LinuxPeer peer = peer(LinuxPeerTest::fixed)) {
            await(peer, stack -> hasGlobal(stack, "2001:db8::/64"));
            assertThat(peer.exec("arping", "-c", "2", "-I", peer.device, "192.0.2.1"))
                    .contains("Received 2 response(s)");
            assertThat(peer.exec("traceroute", "-n", "-q", "1", "-w", "2", "192.0.2.1"))
                    .containsPattern(" 1 +192\\.0\\.2\\.1 ");
            assertThat(peer.exec("traceroute", "-6", "-n", "-q", "1", "-w", "2", "2001:db8::1"))
                    .containsPattern(" 1 +2001:db8::1 ");
        }
        tsharkFindsNoFault();
    }

    @Test
    void dnsmasqGivesAnAddressAndRoutersGiveOneToo() throws Exception {
        Peers.require("dnsmasq");
        try (LinuxPeer peer = peer(s -> s.dhcp(true).hostName("mirage").addressProbes(true))) {
            peer.serve(
                    "dnsmasq",
                    "--no-daemon",
                    "--conf-file=/dev/null",
                    "--port=0",
                    "--interface=" + peer.device,
                    "--dhcp-range=192.0.2.100,192.0.2.150,255.255.255.0,2m",
                    "--dhcp-option=option:dns-server,192.0.2.53",
                    "--dhcp-range=2001:db8::,ra-only,64,2m",
                    "--dhcp-option=option6:dns-server,[2001:db8::53]",
                    "--enable-ra",
                    "--dhcp-leasefile=" + folder.resolve("leases"));
            await(
                    peer,
                    stack -> hasGlobal(stack, "192.0.2.0/24") && hasGlobal(stack, "2001:db8::/64"));
            Lease lease = peer.ask(stack -> stack.lease().orElseThrow());
            assertThat(lease.server()).isEqualTo(IpAddress.of("192.0.2.254"));
            List<IpAddress> nameServers = peer.ask(stack -> stack.nameServers(peer.now()));
            assertThat(nameServers)
                    .contains(IpAddress.of("192.0.2.53"), IpAddress.of("2001:db8::53"));
            String leased = lease.address().address().toString();
            assertThat(peer.exec("ping", "-q", "-c", "3", "-i", "0.01", leased))
                    .contains(" 0% packet loss");
            assertThat(peer.exec("cat", folder.resolve("leases").toString())).contains("mirage");
            peer.ask(
                    stack -> {
                        stack.releaseLease(peer.now());
                        return true;
                    });
        }
        tsharkFindsNoFault();
    }

    @Test
    void wePingLinuxAndHearOfItsClosedPorts() throws Exception {
        try (LinuxPeer peer = peer(LinuxPeerTest::fixed)) {
            await(peer, stack -> hasGlobal(stack, "2001:db8::/64"));
            for (String to : new String[] {"192.0.2.254", "2001:db8::fe"}) {
                var answered = new CountDownLatch(3);
                var refused = new CountDownLatch(1);
                peer.ask(
                        stack -> {
                            Ping ping =
                                    stack.ping(
                                                    IpAddress.of(to),
                                                    (_, _, _, _) -> answered.countDown())
                                            .orElseThrow();
                            ping.send(56, peer.now());
                            ping.send(1472, peer.now());
                            ping.send(5000, peer.now());
                            var receiver =
                                    new UdpReceiver() {
                                        @Override
                                        public void received(UdpDatagram datagram, long now) {}

                                        @Override
                                        public void failed(
                                                Endpoint remote, IcmpError error, long now) {
                                            refused.countDown();
                                        }
                                    };
                            return stack.bindUdp(Endpoint.of("[::]:0"), receiver)
                                    .orElseThrow()
                                    .send(
                                            Frames.octets(100),
                                            new Endpoint(IpAddress.of(to), 9),
                                            peer.now());
                        });
                assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
        tsharkFindsNoFault();
    }

    /// Of both sides; Linux leaves checksums to nobody here, since the stack asks for no offload.
    private void tsharkFindsNoFault() throws Exception {
        LinuxPeer.tsharkFindsNoFault(folder);
    }
}
