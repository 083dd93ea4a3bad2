// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.NdMessage;
import io.mirage4j.tcpip.wire.NdOption;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Good frames with a few octets changed, in any order: nothing throws, and each value that is read
/// is written as it was.
class NoiseTest {
    @Property(tries = 300)
    void damagedFramesAreTakenOrDropped(@ForAll long seed) {
        var random = new Random(seed);
        Host host = Host.settled(s -> s.redirects(true).temporaryAddresses(true).dhcp(true));
        host.stack.bindUdp(Endpoint.of("[::]:7"), (_, _) -> {});
        List<Cstruct> good = goodFrames();
        for (int i = 0; i < 200; i++) {
            Cstruct frame = Cstruct.of(good.get(random.nextInt(good.size())).toByteArray());
            int changes = random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                int at = 14 + random.nextInt(frame.length() - 14);
                frame.putU8(at, random.nextInt());
            }
            mend(frame);
            Cstruct cut =
                    random.nextInt(8) == 0 ? frame.sub(0, random.nextInt(frame.length())) : frame;
            host.gets(cut);
            assertThat(Dissector.frame(cut)).isNotNull();
            for (Cstruct sent : host.sends()) {
                assertThat(Dissector.frame(sent)).isNotNull();
            }
            if (random.nextInt(10) == 0) {
                host.passes(random.nextLong(20 * Host.SECOND));
            }
        }
        assertThat(host.stack.counters().packets()).isLessThanOrEqualTo(256);
    }

    private static List<Cstruct> goodFrames() {
        List<Cstruct> frames = new ArrayList<>();
        Cstruct data = Frames.octets(40);
        frames.add(Frames.arpRequest(Frames.PEER, Frames.HOST));
        frames.add(Frames.arpReply(Frames.PEER));
        frames.add(Frames.echo(Frames.PEER, Frames.HOST, 1, data));
        frames.add(Frames.echo(Frames.PEER_6, Frames.HOST_6, 1, data));
        frames.add(Frames.udp(Frames.PEER, Frames.HOST, 9, 7, data));
        frames.add(Frames.udp(Frames.PEER_6, Frames.HOST_6, 9, 7, data));
        Cstruct piece = Frames.ipv4(Frames.PEER, Frames.HOST, 17, 64, 0x2000, 3, data);
        frames.add(Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, piece));
        Cstruct quote = Frames.ipv4(Frames.HOST, Frames.PEER, 17, 64, 0, 3, data);
        int needed = IcmpWire.FRAGMENTATION_NEEDED;
        frames.add(Frames.icmp(Frames.PEER, Frames.HOST, IcmpWire.UNREACHABLE, needed, 900, quote));
        var mac = new NdOption.LinkAddress(false, Frames.PEER_MAC);
        frames.add(
                Frames.nd(
                        Frames.PEER_LINK,
                        Frames.ALL_NODES,
                        new NdMessage.RouterAdvertisement(
                                64, 0x18, 1800, 0, 0, List.of(mac, new NdOption.Mtu(0, 1400)))));
        frames.add(
                Frames.nd(
                        Frames.PEER_6,
                        Frames.HOST_6,
                        new NdMessage.NeighbourSolicitation(0, Frames.HOST_6, List.of(mac))));
        Cstruct options = Cstruct.of(new byte[] {17, 0, 1, 4, 0, 0, 0, 0});
        frames.add(
                Frames.ip(
                        Frames.PEER_6,
                        Frames.HOST_6,
                        0,
                        Cstruct.concat(List.of(options, Frames.octets(32)))));
        frames.add(Frames.ip(Frames.PEER, Frames.HOST, IpProtocol.TCP, Frames.octets(40)));
        return frames;
    }

    /// The IPv4 header's checksum, so that the change is seen by who comes after it.
    private static void mend(Cstruct frame) {
        if (frame.u16be(12) == EthernetWire.IPV4) {
            frame.putU16be(24, 0);
            long sum = InternetChecksum.onesComplementSum(frame, 14, 20);
            frame.putU16be(24, InternetChecksum.finish(sum));
        }
    }
}
