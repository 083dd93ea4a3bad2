// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Endpoint;
import io.mirage4j.tcpip.wire.EthernetWire;
import io.mirage4j.tcpip.wire.IcmpWire;
import io.mirage4j.tcpip.wire.IpProtocol;
import io.mirage4j.tcpip.wire.UdpWire;

/// Frames of any octets, with time passing between them: nothing throws, and memory stays bounded.
/// Checksums are mended as often as not, or nothing would get past them.
class StackFuzzTest {
    private static final int MTU = 1500;

    @FuzzTest(maxDuration = "60s")
    void anyFramesAtAnyTimeAreTakenWithinTheBudget(FuzzedDataProvider data) {
        Host host =
                Host.of(
                        settings ->
                                settings.address(Host.ADDRESS)
                                        .address(Host.ADDRESS_6)
                                        .dhcp(data.consumeBoolean())
                                        .redirects(true)
                                        .temporaryAddresses(data.consumeBoolean())
                                        .duplicateProbes(data.consumeInt(0, 1)));
        host.stack.bindUdp(Endpoint.of("[::]:7"), (_, _) -> {});
        while (data.remainingBytes() > 0) {
            Cstruct frame = frame(data);
            if (data.consumeBoolean()) {
                mend(frame);
            }
            host.gets(frame);
            host.sends();
            if (data.consumeBoolean()) {
                host.passes(data.consumeLong(0, 100 * Host.SECOND));
            }
        }
        StackCounters counters = host.stack.counters();
        if (counters.reassemblyOctets() > 2 << 20
                || counters.packets() > 1024
                || counters.neighbours() > 1024
                || counters.timers() > 4000) {
            throw new AssertionError(counters);
        }
    }

    /// Any octets, or those that stand where a packet for us has the same.
    private static Cstruct frame(FuzzedDataProvider data) {
        byte[] octets = data.consumeBytes(data.consumeInt(0, MTU));
        int shape = data.consumeInt(0, 5);
        if (shape == 5) return Cstruct.of(octets);
        Cstruct payload = Cstruct.of(octets);
        int protocol = data.pickValue(new int[] {0, 1, 2, 6, 17, 43, 44, 58, 60, 99});
        return switch (shape) {
            case 0 -> Frames.ip(Frames.PEER, Frames.HOST, protocol, payload);
            case 1 -> Frames.ip(Frames.PEER_6, Frames.HOST_6, protocol, payload);
            case 2 -> Frames.ip(Frames.PEER_LINK, Frames.ALL_NODES, protocol, 255, payload);
            case 3 -> {
                Cstruct packet =
                        Frames.ipv4(
                                Frames.PEER,
                                Frames.HOST,
                                protocol,
                                64,
                                data.consumeInt(0, 0x3fff),
                                1,
                                payload);
                yield Frames.frame(Host.MAC.bits(), EthernetWire.IPV4, packet);
            }
            default -> Frames.frame(EthernetWire.BROADCAST, EthernetWire.ARP, payload);
        };
    }

    private static void mend(Cstruct frame) {
        if (frame.length() >= 14 + 28 && frame.u16be(12) == EthernetWire.IPV4) {
            Cstruct body = frame.shift(34);
            int protocol = frame.u8(14 + 9);
            if (protocol == IpProtocol.ICMP || protocol == IpProtocol.IGMP) {
                IcmpWire.putChecksum(body, 0, 0);
                long sum = InternetChecksum.onesComplementSum(body);
                IcmpWire.putChecksum(body, 0, InternetChecksum.finish(sum));
            } else if (protocol == IpProtocol.UDP) {
                UdpWire.put(body, 0, 67, 68, body.length());
            }
        } else if (frame.length() >= 14 + 48
                && frame.u16be(12) == EthernetWire.IPV6
                && frame.u8(20) == IpProtocol.ICMPV6) {
            Cstruct body = frame.shift(54);
            boolean group = frame.u8(14 + 24) == 0xff;
            Frames.checksummed(
                    group ? Frames.PEER_LINK : Frames.PEER_6,
                    group ? Frames.ALL_NODES : Frames.HOST_6,
                    zeroed(body));
        }
    }

    private static Cstruct zeroed(Cstruct body) {
        IcmpWire.putChecksum(body, 0, 0);
        return body;
    }
}
