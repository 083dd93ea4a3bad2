// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.platform.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;
import io.mirage4j.platform.FrameBatch;
import io.mirage4j.platform.FrameNote;
import io.mirage4j.platform.FrameNote.Checksum;
import io.mirage4j.platform.FrameNote.Segments;
import io.mirage4j.platform.MacAddress;
import io.mirage4j.platform.Offload;
import io.mirage4j.platform.contract.NetDeviceContract;
import io.mirage4j.platform.host.loop.Sleeper;
import io.mirage4j.testing.NetworkNamespace;
import io.mirage4j.testing.Peers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;

/// Two TAPs on a bridge in a network namespace.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TapDeviceTest {
    private static final MacAddress NEAR = MacAddress.of("02:00:00:00:0a:01");
    private static final MacAddress FAR = MacAddress.of("02:00:00:00:0a:02");
    private static final int IP = 14;
    private static final int L4 = 34;

    private NetworkNamespace namespace;
    private TapDevice near;
    private TapDevice far;

    @BeforeEach
    final void bridgeTwoPorts() throws Exception {
        namespace = NetworkNamespace.create();
        Peers.require("sysctl");
        namespace.run("sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
        namespace.ip("link add bridge0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
        namespace.ip("link set bridge0 up");
        near = NamespaceThread.call(namespace, () -> bridged("near", NEAR));
        far = NamespaceThread.call(namespace, () -> bridged("far", FAR));
    }

    private TapDevice bridged(String name, MacAddress mac) throws Exception {
        TapDevice device = TapDevice.open(name, mac);
        namespace.ip("link set " + name + " master bridge0");
        device.up();
        return device;
    }

    @AfterEach
    final void closeAll() throws Exception {
        if (namespace != null) {
            near.close();
            far.close();
            namespace.close();
        }
    }

    @Nested
    class AsANetDevice extends NetDeviceContract {
        @Override
        protected Ports open() {
            return new Ports(near, far);
        }
    }

    @Nested
    class AsANetDeviceWithOffloads extends NetDeviceContract {
        @Override
        protected Ports open() throws Exception {
            near.receiveOffloads(EnumSet.allOf(Offload.class));
            far.receiveOffloads(EnumSet.allOf(Offload.class));
            return new Ports(near, far);
        }
    }

    @Test
    void theKernelFinishesAChecksumForWhoWantsIt() throws Exception {
        int len = datagram(near.slot(), 1000);
        near.commit(len, new FrameNote().partialChecksum(L4, 6));
        var note = new FrameNote();
        Cstruct frame = awaitIp(far, note);
        assertThat(note.isPlain()).isTrue();
        assertThat(frame.length()).isEqualTo(len);
        assertThat(transportChecksumIsValid(frame, 17)).isTrue();
    }

    @Test
    void whoTakesPartialChecksumsGetsThem() throws Exception {
        assertThat(far.receiveOffloads(Set.of(Offload.CHECKSUM))).containsExactly(Offload.CHECKSUM);
        int len = datagram(near.slot(), 1000);
        near.commit(len, new FrameNote().partialChecksum(L4, 6));
        var note = new FrameNote();
        Cstruct frame = awaitIp(far, note);
        assertThat(note.checksum()).isEqualTo(Checksum.PARTIAL);
        assertThat(note.checksumStart()).isEqualTo(L4);
        assertThat(note.completeChecksum(frame)).isTrue();
        assertThat(transportChecksumIsValid(frame, 17)).isTrue();
    }

    @Test
    void theKernelCutsALongSegment() throws Exception {
        int payload = 20_000;
        long firstSequence = 0xffff_f000L;
        int len = segment(near.slot(), payload, firstSequence);
        near.commit(
                len,
                new FrameNote().partialChecksum(L4, 16).segments(Segments.TCP4, L4 + 20, 1460));
        var note = new FrameNote();
        for (int at = 0; at < payload; ) {
            Cstruct frame = awaitIp(far, note);
            assertThat(note.isPlain()).isTrue();
            int octets = frame.length() - L4 - 20;
            assertThat(octets).isEqualTo(Math.min(1460, payload - at));
            assertThat((long) frame.u32be(L4 + 4) & 0xffff_ffffL)
                    .isEqualTo(firstSequence + at & 0xffff_ffffL);
            assertThat(frame.u8(L4 + 20)).isEqualTo(at & 0xff);
            assertThat(transportChecksumIsValid(frame, 6)).isTrue();
            at += octets;
        }
    }

    @Test
    void whoTakesLongSegmentsGetsThemWhole() throws Exception {
        far.receiveOffloads(EnumSet.of(Offload.CHECKSUM, Offload.TCP4_SEGMENTS));
        int len = segment(near.slot(), 60_000, 1);
        near.commit(
                len,
                new FrameNote().partialChecksum(L4, 16).segments(Segments.TCP4, L4 + 20, 1460));
        var note = new FrameNote();
        Cstruct frame = awaitIp(far, note);
        assertThat(frame.length()).isEqualTo(len);
        assertThat(note.segments()).isEqualTo(Segments.TCP4);
        assertThat(note.segmentOctets()).isEqualTo(1460);
        assertThat(note.checksum()).isEqualTo(Checksum.PARTIAL);
    }

    @Test
    void aDatagramIsCutWhereTheKernelCan() throws Exception {
        if (!near.sendOffloads().contains(Offload.UDP_SEGMENTS)) return;
        int len = datagram(near.slot(), 2500);
        near.commit(
                len, new FrameNote().partialChecksum(L4, 6).segments(Segments.UDP, L4 + 8, 1000));
        var note = new FrameNote();
        for (int octets : new int[] {1000, 1000, 500}) {
            Cstruct frame = awaitIp(far, note);
            assertThat(frame.u16be(L4 + 4)).isEqualTo(octets + 8);
            assertThat(transportChecksumIsValid(frame, 17)).isTrue();
        }
    }

    @Test
    void whatTheKernelRefusesIsCounted() throws Exception {
        near.slot().fill(0, 60, 0);
        near.commit(60, new FrameNote().partialChecksum(2000, 16));
        assertThat(near.sendDrops()).isOne();
        namespace.ip("link set near down");
        near.commit(60);
        assertThat(near.sendDrops()).isEqualTo(2);
        assertThat(near.poll()).isNull();
    }

    @Test
    void queuesShareAnInterface() throws Exception {
        List<TapDevice> queues =
                NamespaceThread.call(namespace, () -> TapDevice.openQueues("many%d", NEAR, 4));
        assertThat(queues).hasSize(4).allMatch(queue -> queue.name().equals("many0"));
        NamespaceThread.call(
                namespace,
                () -> {
                    queues.get(0).up();
                    return null;
                });
        namespace.ip("address add 192.0.2.1/24 dev many0");
        namespace.ip("neigh add 192.0.2.2 lladdr 02:00:00:00:0a:01 dev many0 nud permanent");
        // Many flows of the kernel's are spread over the queues; each frame comes once.
        NamespaceThread.call(
                namespace,
                () -> {
                    for (int i = 0; i < 100; i++) {
                        try (var socket = new java.net.DatagramSocket()) {
                            var to = java.net.InetAddress.getByName("192.0.2.2");
                            socket.send(
                                    new java.net.DatagramPacket(new byte[10], 10, to, 1000 + i));
                        }
                    }
                    return null;
                });
        FrameBatch batch = FrameBatch.create(16);
        int[] perQueue = new int[4];
        for (int total = 0; total < 100; ) {
            for (int i = 0; i < 4; i++) {
                int count = queues.get(i).poll(batch);
                for (int frame = 0; frame < count; frame++) {
                    if (batch.frame(frame).u16be(12) == 0x0800) {
                        perQueue[i]++;
                        total++;
                    }
                }
            }
        }
        assertThat(java.util.Arrays.stream(perQueue).filter(count -> count > 0).count())
                .isGreaterThan(1);
        queues.forEach(TapDevice::close);
    }

    @Test
    void aSleeperWakesForAFrameAWakeATimeAndAClose() throws Exception {
        Sleeper sleeper = far.sleeper();
        while (far.poll() != null) {
            Thread.onSpinWait();
        }
        sleeper.sleep(1_000_000); // the time
        sleeper.wake();
        sleeper.sleep(Long.MAX_VALUE);
        int len = datagram(near.slot(), 10);
        near.commit(len);
        while (far.poll() == null) {
            sleeper.sleep(Long.MAX_VALUE);
        }
        while (far.poll() != null) {
            Thread.onSpinWait();
        }
        var asleep =
                new FutureTask<>(
                        () -> {
                            while (true) {
                                sleeper.sleep(Long.MAX_VALUE);
                                far.poll();
                            }
                        });
        Thread thread = Thread.ofPlatform().start(asleep);
        while (!thread.isAlive()) {
            Thread.onSpinWait();
        }
        far.close();
        assertThatThrownBy(asleep::get).hasRootCauseMessage("far is closed");
        assertThatThrownBy(() -> sleeper.sleep(1)).hasMessageContaining("is closed");
        sleeper.wake();
    }

    @Test
    void aClosedDeviceFails() {
        near.close();
        near.close();
        assertThatIOException().isThrownBy(near::poll).withMessage("near is closed");
        assertThatIOException().isThrownBy(() -> near.commit(60)).withMessage("near is closed");
    }

    @Test
    void oddNamesAreRefused() {
        for (String name : new String[] {"", "sixteen-letters-", "a/b", "a\0b"}) {
            assertThatThrownBy(() -> TapDevice.open(name, NEAR))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TapDevice.openQueues("x", NEAR, 0))
                .hasMessage("queues 0 is not in 1..256");
        assertThatIOException()
                .isThrownBy(
                        () ->
                                NamespaceThread.call(
                                        namespace, () -> TapDevice.open("bridge0", NEAR)))
                .withMessageContaining("open TAP interface bridge0");
    }

    private static Cstruct awaitIp(TapDevice device, FrameNote note) throws Exception {
        while (true) {
            Cstruct frame = device.poll(note);
            if (frame == null) {
                Thread.onSpinWait();
            } else if (frame.u16be(12) == 0x0800) {
                return frame;
            }
        }
    }

    private static int datagram(Cstruct slot, int payload) {
        headers(slot, 17, 8 + payload);
        slot.putU16be(L4, 1024);
        slot.putU16be(L4 + 2, 2048);
        slot.putU16be(L4 + 4, 8 + payload);
        slot.putU16be(L4 + 6, InternetChecksum.fold(pseudoHeader(slot, 17, 8 + payload)));
        return L4 + 8 + payload;
    }

    private static int segment(Cstruct slot, int payload, long sequence) {
        headers(slot, 6, 20 + payload);
        slot.putU16be(L4, 1024);
        slot.putU16be(L4 + 2, 2048);
        slot.putU32be(L4 + 4, (int) sequence);
        slot.putU32be(L4 + 8, 1);
        slot.putU16be(L4 + 12, 0x5010); // 5 words, ACK
        slot.putU16be(L4 + 14, 1000);
        slot.putU16be(L4 + 16, InternetChecksum.fold(pseudoHeader(slot, 6, 20 + payload)));
        for (int i = 0; i < payload; i++) {
            slot.putU8(L4 + 20 + i, i);
        }
        return L4 + 20 + payload;
    }

    private static void headers(Cstruct slot, int protocol, int l4Octets) {
        slot.fill(0, L4 + l4Octets, 0);
        FAR.write(slot, 0);
        NEAR.write(slot, 6);
        slot.putU16be(12, 0x0800);
        slot.putU16be(IP, 0x4500);
        slot.putU16be(IP + 2, 20 + l4Octets);
        slot.putU16be(IP + 8, 64 << 8 | protocol);
        slot.putU32be(IP + 12, 0xc0000201);
        slot.putU32be(IP + 16, 0xc0000202);
        slot.putU16be(
                IP + 10, InternetChecksum.finish(InternetChecksum.onesComplementSum(slot, IP, 20)));
    }

    private static long pseudoHeader(Cstruct frame, int protocol, int l4Octets) {
        return InternetChecksum.onesComplementSum(frame, IP + 12, 8) + protocol + l4Octets;
    }

    private static boolean transportChecksumIsValid(Cstruct frame, int protocol) {
        int octets = frame.u16be(IP + 2) - 20;
        return InternetChecksum.isValid(
                pseudoHeader(frame, protocol, octets)
                        + InternetChecksum.onesComplementSum(frame, L4, octets));
    }
}
