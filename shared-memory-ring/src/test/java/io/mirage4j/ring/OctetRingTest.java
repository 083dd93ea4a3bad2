// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.ReadOnlyCstruct;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class OctetRingTest {
    @Property(tries = 300)
    void theStreamArrivesAsItWasWritten(
            @ForAll @IntRange(max = 6) int order, @ForAll int start, @ForAll long seed) {
        Random random = new Random(seed);
        Cstruct data = Cstruct.create(1 << order);
        Cstruct indexes = Cstruct.create(8);
        indexes.putIntOpaque(0, start);
        indexes.putIntOpaque(4, start);
        OctetWriter writer = new OctetWriter(data, indexes, 0, 4, "cons");
        OctetReader reader = new OctetReader(data, indexes, 0, 4, "prod");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int step = 0; step < 200; step++) {
            byte[] some = new byte[random.nextInt(2 * data.length() + 1)];
            random.nextBytes(some);
            if (random.nextBoolean()) {
                int room = data.length() - (written.size() - read.size());
                int n = writer.write(Cstruct.of(some), 0, some.length);
                assertThat(n).isEqualTo(Math.min(room, some.length));
                written.write(some, 0, n);
            } else {
                int waiting = written.size() - read.size();
                Cstruct target = Cstruct.of(some);
                int n = reader.peek(target, 0, some.length);
                byte[] peeked = target.toByteArray(0, n);
                assertThat(reader.read(target, 0, some.length)).isEqualTo(n);
                assertThat(n).isEqualTo(Math.min(waiting, some.length));
                assertThat(target.toByteArray(0, n)).isEqualTo(peeked);
                read.write(some, 0, n);
            }
            assertThat(reader.available()).isEqualTo(written.size() - read.size());
            assertThat(writer.room()).isEqualTo(data.length() - reader.available());
        }
        assertThat(written.toByteArray()).startsWith(read.toByteArray());
    }

    /// The peer writes what it likes, at any moment.
    @Property(tries = 300)
    void aHostilePeerCanOnlyStopTheRing(@ForAll long seed) {
        Random random = new Random(seed);
        Cstruct page = Cstruct.create(4096);
        boolean wild = random.nextBoolean();
        XenstoreRing ring =
                random.nextBoolean() ? XenstoreRing.guest(page) : XenstoreRing.daemon(page);
        Cstruct some = Cstruct.create(3000);
        boolean readerFaulty = false;
        boolean writerFaulty = false;
        for (int step = 0; step < 200; step++) {
            int len = random.nextInt(some.length());
            switch (random.nextInt(5)) {
                case 0 -> {
                    int at = 2048 + 4 * random.nextInt(4);
                    int delta = wild ? random.nextInt() : random.nextInt(1500);
                    page.putIntOpaque(at, page.getIntOpaque(at) + delta);
                }
                case 1 -> page.putU8(random.nextInt(2048), random.nextInt());
                case 2 -> assertThat(ring.reader().read(some, 0, len)).isBetween(0, 1024);
                case 3 -> assertThat(ring.writer().write(some, 0, len)).isBetween(0, 1024);
                default -> {
                    assertThat(ring.reader().available()).isBetween(0, 1024);
                    assertThat(ring.writer().room()).isBetween(0, 1024);
                }
            }
            if (readerFaulty) {
                assertThat(ring.reader().isFaulty()).isTrue();
                assertThat(ring.reader().read(some, 0, 10)).isZero();
            }
            if (writerFaulty) {
                assertThat(ring.writer().isFaulty()).isTrue();
                assertThat(ring.writer().write(some, 0, 10)).isZero();
            }
            readerFaulty = ring.reader().isFaulty();
            writerFaulty = ring.writer().isFaulty();
        }
    }

    @Test
    void anIndexOutOfRangeStopsTheRingAndSaysSo() {
        Cstruct page = Cstruct.create(4096);
        XenstoreRing guest = XenstoreRing.guest(page);
        page.putIntOpaque(2060, 1025);
        assertThat(guest.reader().available()).isZero();
        assertThat(guest.reader().fault()).isEqualTo(new Faulty("rsp_prod", 1025, 0, 1024));
        page.putIntOpaque(2048, 1);
        assertThat(guest.writer().room()).isZero();
        assertThat(guest.writer().fault()).isEqualTo(new Faulty("req_cons", 1, 0, 0));
    }

    @Test
    void arrayBoundsAreTheCallersFault() {
        ConsoleRing guest = ConsoleRing.guest(Cstruct.create(4096));
        Cstruct some = Cstruct.create(10);
        assertThatThrownBy(() -> guest.writer().write(some, 5, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> guest.reader().read(some, 0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ConsoleRing.guest(Cstruct.create(3088)))
                .hasMessage("page of 3088 octets < 3089");
        assertThatThrownBy(() -> new OctetReader(Cstruct.create(12), some, 0, 4, "prod"))
                .hasMessageContaining("12 octets, not a power of two");
    }

    @Test
    void theConsolePageIsLaidOutAsInTheHeader() {
        Cstruct page = Cstruct.create(4096);
        ConsoleRing guest = ConsoleRing.guest(page);
        ConsoleRing daemon = ConsoleRing.daemon(page);
        assertThat(write(guest.writer(), "hello")).isEqualTo(5);
        assertThat(page.text(1024, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
        assertThat(page.u32le(3084)).as("out_prod").isEqualTo(5);
        assertThat(read(daemon.reader())).isEqualTo("hello");
        assertThat(page.u32le(3080)).as("out_cons").isEqualTo(5);
        assertThat(write(daemon.writer(), "ls\n")).isEqualTo(3);
        assertThat(page.u32le(3076)).as("in_prod").isEqualTo(3);
        assertThat(read(guest.reader())).isEqualTo("ls\n");
        assertThat(page.u32le(3072)).as("in_cons").isEqualTo(3);
        assertThat(guest.isConnected()).isTrue();
        daemon.connected(false);
        assertThat(page.u8(3088)).isEqualTo(1);
        assertThat(guest.isConnected()).isFalse();
        assertThat(guest.writer().capacity()).isEqualTo(2048);
        assertThat(guest.reader().capacity()).isEqualTo(1024);
    }

    @Test
    void theXenstorePageIsLaidOutAsInTheHeader() {
        Cstruct page = Cstruct.create(4096);
        for (int at = 2048; at < 2064; at += 4) {
            page.putIntOpaque(at, 0xffff_fffe); // they need not begin at 0
        }
        page.putIntOpaque(2076, 7);
        XenstoreRing guest = XenstoreRing.guest(page);
        XenstoreRing daemon = XenstoreRing.daemon(page);
        assertThat(write(guest.writer(), "read")).isEqualTo(4);
        assertThat(page.u32le(2052)).as("req_prod").isEqualTo(2);
        assertThat(page.text(1022, 2, StandardCharsets.US_ASCII)).isEqualTo("re");
        assertThat(page.text(0, 2, StandardCharsets.US_ASCII)).isEqualTo("ad");
        assertThat(read(daemon.reader())).isEqualTo("read");
        assertThat(page.u32le(2048)).as("req_cons").isEqualTo(2);
        assertThat(write(daemon.writer(), "value")).isEqualTo(5);
        assertThat(page.u32le(2060)).as("rsp_prod").isEqualTo(3);
        assertThat(read(guest.reader())).isEqualTo("value");
        assertThat(page.u32le(2056)).as("rsp_cons").isEqualTo(3);
        assertThat(guest.eventChannelPort()).isEqualTo(7);
    }

    @Test
    void featuresOnceOfferedStay() {
        Cstruct page = Cstruct.create(4096);
        XenstoreRing guest = XenstoreRing.guest(page);
        XenstoreRing daemon = XenstoreRing.daemon(page);
        daemon.fail(XenstoreRing.ERROR_PROTO);
        assertThat(guest.error()).as("without the feature").isEqualTo(XenstoreRing.ERROR_NONE);
        daemon.offer(XenstoreRing.FEATURE_ERROR);
        daemon.offer(XenstoreRing.FEATURE_WATCH_DEPTH);
        assertThat(page.u32le(2064)).isEqualTo(6);
        assertThat(guest.features()).isEqualTo(6);
        assertThat(guest.error()).isEqualTo(XenstoreRing.ERROR_PROTO);
        assertThat(page.u32le(2072)).isEqualTo(3);
    }

    @Test
    void aReconnectionDropsWhatWasQueuedAndMendsABrokenRing() {
        Cstruct page = Cstruct.create(4096);
        XenstoreRing guest = XenstoreRing.guest(page);
        XenstoreRing daemon = XenstoreRing.daemon(page);
        assertThat(guest.reconnect()).as("without the feature").isFalse();
        daemon.offer(XenstoreRing.FEATURE_RECONNECTION | XenstoreRing.FEATURE_ERROR);
        write(guest.writer(), "half a mess");
        write(daemon.writer(), "half an answ");
        page.putIntOpaque(2060, 0x7000_0000);
        assertThat(guest.reader().available()).isZero();
        assertThat(guest.reader().isFaulty()).isTrue();
        daemon.fail(XenstoreRing.ERROR_RINGIDX);

        assertThat(guest.reconnect()).isTrue();
        assertThat(page.u32le(2068)).isEqualTo(1);
        assertThat(guest.isConnected()).isFalse();
        assertThat(daemon.isReconnecting()).isTrue();
        daemon.accept();
        assertThat(daemon.isReconnecting()).isFalse();
        assertThat(guest.isConnected()).isTrue();
        assertThat(guest.error()).isEqualTo(XenstoreRing.ERROR_NONE);
        assertThat(guest.reader().isFaulty()).isFalse();
        assertThat(read(guest.reader())).isEmpty();
        assertThat(read(daemon.reader())).isEmpty();
        write(guest.writer(), "anew");
        assertThat(read(daemon.reader())).isEqualTo("anew");
        write(daemon.writer(), "yes");
        assertThat(read(guest.reader())).isEqualTo("yes");
    }

    @Test
    void aGuestThatFindsAReconnectionWaitsForIt() {
        Cstruct page = Cstruct.create(4096);
        page.putIntOpaque(2068, 1);
        page.putIntOpaque(2060, 0x1234_5678); // not ready yet: no index may be believed
        XenstoreRing guest = XenstoreRing.guest(page);
        assertThat(guest.isConnected()).isFalse();
        XenstoreRing daemon = XenstoreRing.daemon(page);
        daemon.accept();
        assertThat(guest.isConnected()).isTrue();
        write(daemon.writer(), "hi");
        assertThat(read(guest.reader())).isEqualTo("hi");
    }

    @Property(tries = 30)
    void theFlexibleRingHasHalvesOfAnyOrder(@ForAll @IntRange(max = 9) int order) {
        Cstruct page = Cstruct.create(4096);
        Cstruct data = Cstruct.create(FlexRing.dataOctets(order));
        FlexRing.init(page, order);
        for (int ref = 0; ref < 1 << order; ref++) {
            FlexRing.putRef(page, ref, 1000 + ref);
        }
        assertThat(FlexRing.order(page)).isEqualTo(order).isEqualTo(page.u32le(128));
        assertThat(FlexRing.ref(page, (1 << order) - 1)).isEqualTo(999 + (1 << order));
        assertThat(page.u32le(132)).isEqualTo(1000);
        FlexRing front = FlexRing.front(page, data);
        FlexRing back = FlexRing.back(page, data);
        assertThat(front.writer().capacity()).isEqualTo(data.length() / 2);
        write(front.writer(), "version");
        assertThat(page.u32le(68)).as("out_prod").isEqualTo(7);
        assertThat(data.u8(data.length() / 2)).isEqualTo('v');
        assertThat(read(back.reader())).isEqualTo("version");
        assertThat(page.u32le(64)).as("out_cons").isEqualTo(7);
        write(back.writer(), "9P");
        assertThat(page.u32le(4)).as("in_prod").isEqualTo(2);
        assertThat(data.u8(0)).isEqualTo('9');
        assertThat(read(front.reader())).isEqualTo("9P");
        assertThat(page.u32le(0)).as("in_cons").isEqualTo(2);
        back.inError(-107);
        back.outError(-32);
        assertThat(front.inError()).isEqualTo(page.u32le(8)).isEqualTo(-107);
        assertThat(front.outError()).isEqualTo(page.u32le(72)).isEqualTo(-32);
    }

    @Test
    void anOrderThatNoWindowHoldsIsRefused() {
        assertThatThrownBy(() -> FlexRing.dataOctets(19)).hasMessage("ring order 19, not 0 to 18");
        assertThatThrownBy(() -> FlexRing.dataOctets(-1)).hasMessage("ring order -1, not 0 to 18");
        assertThatThrownBy(() -> FlexRing.ref(Cstruct.create(4096), -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    static int write(OctetWriter writer, String text) {
        ReadOnlyCstruct octets = ReadOnlyCstruct.of(text);
        return writer.write(octets, 0, octets.length());
    }

    static String read(OctetReader reader) {
        Cstruct octets = Cstruct.create(reader.available());
        reader.read(octets, 0, octets.length());
        return octets.text(StandardCharsets.UTF_8);
    }
}
