// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.examples.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.Ipv4Address;
import io.mirage4j.platform.MacAddress;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class EchoTest {
    private static final MacAddress OURS = MacAddress.of("02:00:00:00:00:01");
    private static final MacAddress THEIRS = MacAddress.of("02:00:00:00:00:02");
    private static final Ipv4Address OWN = Ipv4Address.of("10.0.0.2");
    private static final Ipv4Address PEER = Ipv4Address.of("10.0.0.1");

    private final Echo echo = new Echo(OURS, OWN);
    private final Cstruct slot = Cstruct.create(1514);

    @Test
    void whoHasOurAddressIsToldOurMac() {
        Cstruct request = ethernet(0x0806, 28);
        request.putU16be(14, 1);
        request.putU16be(16, 0x0800);
        request.putU16be(18, 0x0604);
        request.putU16be(20, 1);
        THEIRS.write(request, 22);
        request.putU32be(28, PEER.bits());
        request.putU32be(38, OWN.bits());
        assertThat(echo.answer(request, slot)).isEqualTo(42);
        assertThat(MacAddress.read(slot, 0)).isEqualTo(THEIRS);
        assertThat(slot.u16be(20)).isEqualTo(2);
        assertThat(MacAddress.read(slot, 22)).isEqualTo(OURS);
        assertThat(slot.u32be(28)).isEqualTo(OWN.bits());
        assertThat(MacAddress.read(slot, 32)).isEqualTo(THEIRS);
        assertThat(slot.u32be(38)).isEqualTo(PEER.bits());
    }

    @Test
    void aPingComesBackWithARightChecksum() {
        Cstruct ping = ipv4(1, 8 + 56);
        ping.putU8(34, 8);
        ping.putU16be(38, 0x1234);
        long sumOfPing = InternetChecksum.onesComplementSum(ping, 34, 64);
        ping.putU16be(36, InternetChecksum.finish(sumOfPing));
        assertThat(echo.answer(ping, slot)).isEqualTo(ping.length());
        assertThat(slot.u8(34)).isZero();
        long sum = InternetChecksum.onesComplementSum(slot, 34, 64);
        assertThat(InternetChecksum.isValid(sum)).isTrue();
        assertThat(slot.u32be(30)).isEqualTo(PEER.bits());
        assertThat(slot.u32be(26)).isEqualTo(OWN.bits());
    }

    @Test
    void aDatagramComesBackFromThePortThatItWentTo() {
        Cstruct datagram = ipv4(17, 8 + 5);
        datagram.putU16be(34, 40000);
        datagram.putU16be(36, 7);
        assertThat(echo.answer(datagram, slot)).isEqualTo(datagram.length());
        assertThat(slot.u16be(34)).isEqualTo(7);
        assertThat(slot.u16be(36)).isEqualTo(40000);
    }

    @Test
    void whatIsForOthersIsLeftAlone() {
        Cstruct ping = ipv4(1, 8);
        ping.putU8(34, 8);
        ping.putU32be(30, PEER.bits());
        assertThat(echo.answer(ping, slot)).isZero();
    }

    @Property
    void arbitraryFramesAreAnsweredWholeOrNotAtAll(@ForAll byte[] octets) {
        Cstruct frame = Cstruct.of(octets);
        assertThat(echo.answer(frame, slot)).isBetween(0, octets.length);
    }

    private static Cstruct ethernet(int type, int payload) {
        Cstruct frame = Cstruct.create(14 + payload);
        OURS.write(frame, 0);
        THEIRS.write(frame, 6);
        frame.putU16be(12, type);
        return frame;
    }

    private static Cstruct ipv4(int protocol, int payload) {
        Cstruct frame = ethernet(0x0800, 20 + payload);
        frame.putU8(14, 0x45);
        frame.putU16be(16, 20 + payload);
        frame.putU8(23, protocol);
        frame.putU32be(26, PEER.bits());
        frame.putU32be(30, OWN.bits());
        return frame;
    }
}
