// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mirage4j.cstruct.Cstruct;
import io.mirage4j.cstruct.InternetChecksum;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Who means harm: nothing throws, nothing loops, memory stays in its bounds, and those who mean
/// well are served.
class HostileTest {
    private static final int ROUNDS = Boolean.getBoolean("mirage.full") ? 20_000 : 1_000;

    @Property
    void arbitraryOctetsNeverThrow(@ForAll @Size(max = 80) byte[] octets) {
        var link = quiet();
        link.b.listen(80, 4, new TcpSettings());
        var e = Link.fromAToB().checksumDone(true);
        link.b.receive(e, Cstruct.of(octets), 0, octets.length, link.now);
        link.b.error(e, IcmpError.TOO_BIG, 0, Cstruct.of(octets), 0, octets.length, link.now);
        assertThat(link.b.segmentsReceived()).isEqualTo(1);
    }

    private static Link quiet() {
        return new Link(new Link.Quality(), TcpParameters.linux(), TcpParameters.freebsd(), 1);
    }

    /// Segments near the truth, at connections in any state, beside a talk that goes on.
    @Test
    void segmentsNearTheTruthNeverThrow() {
        for (int seed = 0; seed < ROUNDS; seed++) nearTheTruth(new Random(seed), seed);
    }

    private static void nearTheTruth(Random random, int seed) {
        TcpParameters p = random.nextBoolean() ? TcpParameters.linux() : TcpParameters.freebsd();
        p.insecureReset = random.nextInt(4) == 0;
        p.insecureSyn = random.nextInt(4) == 0;
        var link = new Link(new Link.Quality(), TcpParameters.linux(), p, seed);
        TcpListener listener = link.b.listen(80, 8, new TcpSettings());
        TcpConnection client =
                link.a.connect(Link.fromAToB(), 4000, 80, new TcpSettings(), link.now);
        Cstruct data = Cstruct.create(5000);
        TcpConnection server = null;
        for (int i = 0; i < 60; i++) {
            link.step(link.now + 5_000_000L);
            if (server == null) {
                server = listener.accept();
            }
            if (server != null && random.nextInt(3) == 0) {
                server.write(data, 0, random.nextInt(5000), link.now);
            }
            if (server != null && random.nextInt(3) == 0) {
                server.read(data, 0, 5000, link.now);
            }
            if (random.nextInt(3) == 0) {
                client.write(data, 0, random.nextInt(5000), link.now);
            }
            if (random.nextInt(30) == 0) {
                client.shutdownWrite(link.now);
            }
            if (server != null && random.nextInt(30) == 0) {
                server.shutdownWrite(link.now);
            }
            int seq = client.sender.sndNxt + near(random);
            int ack = client.receiver.rcvNxt + near(random);
            inject(link, random, seq, ack);
        }
        assertThat(link.b.memoryInUse()).isLessThan(16L << 20);
    }

    private static int near(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt(3) - 1;
            case 2 -> random.nextInt(8000) - 4000;
            case 3 -> random.nextInt(1 << 20) - (1 << 19);
            default -> random.nextInt();
        };
    }

    private static void inject(Link link, Random random, int seq, int ack) {
        int options = random.nextInt(11) * 4;
        int length = 20 + options + random.nextInt(100);
        Cstruct s = Cstruct.create(length);
        for (int i = 20; i < length; i++) s.putU8(i, random.nextInt(35));
        int flags = random.nextInt(3) > 0 ? TcpWire.ACK : random.nextInt(256);
        int window = random.nextInt(1 << 16);
        TcpWire.put(s, 0, 4000, 80, seq, ack, 20 + options, flags, window);
        if (random.nextInt(2) == 0 && options >= 12) {
            sack(s, random, ack);
        }
        var e = Link.fromAToB();
        long sum = InternetChecksum.onesComplementSum(s, 0, length);
        TcpWire.putChecksum(
                s, 0, InternetChecksum.finish(sum + TcpWire.pseudoHeaderSum(e, length)));
        link.b.receive(e, s, 0, length, link.now);
        if (random.nextInt(10) == 0) {
            var back = new Envelope().addresses(Link.B, Link.A);
            Cstruct quoted = Cstruct.create(8);
            quoted.putU32be(0, 80 << 16 | 4000);
            quoted.putU32be(4, ack);
            IcmpError error = IcmpError.values()[random.nextInt(IcmpError.values().length)];
            link.b.error(back, error, random.nextInt(2000), quoted, 0, 8, link.now);
        }
    }

    private static void sack(Cstruct s, Random random, int ack) {
        s.putU16be(20, 0x0101);
        s.putU16be(22, 0x050a);
        s.putU32be(24, ack + near(random));
        s.putU32be(28, ack + near(random));
    }

    @Test
    void aFloodOfSynsKeepsMemoryBoundedAndOthersAreServed() {
        TcpParameters p = TcpParameters.linux();
        p.synBacklog = 256;
        var link = new Link(new Link.Quality(), TcpParameters.linux(), p, 3);
        TcpListener listener = link.b.listen(80, 8, new TcpSettings());
        var random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            var e = new Envelope().addresses(random.nextInt(), Link.B).checksumDone(true);
            Cstruct syn = Cstruct.create(20);
            int port = 1 + random.nextInt(65_535);
            TcpWire.put(syn, 0, port, 80, random.nextInt(), 0, 20, TcpWire.SYN, 1000);
            link.b.receive(e, syn, 0, 20, link.now);
        }
        assertThat(link.b.connections()).isLessThanOrEqualTo(256);
        TcpConnection client = link.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), link.now);
        Cstruct hello = Cstruct.create(10);
        client.write(hello, 0, 10, link.now);
        link.step(link.now + 1_000_000_000L);
        for (int i = 0; i < 20; i++) link.step(link.now + 10_000_000L);
        TcpConnection server = listener.accept();
        assertThat(server).isNotNull();
        assertThat(server.state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void tinySegmentsWithHolesTakeNoMoreThanTheirBounds() {
        var link = quiet();
        TcpListener listener = link.b.listen(80, 8, new TcpSettings());
        TcpConnection client =
                link.a.connect(Link.fromAToB(), 4000, 80, new TcpSettings(), link.now);
        while (client.state() != TcpState.ESTABLISHED || listener.waiting() == 0) {
            link.step(link.now + 10_000_000L);
        }
        TcpConnection server = listener.accept();
        assertThat(server).isNotNull();
        for (int i = 0; i < 20_000; i++) {
            Cstruct s = Cstruct.create(21);
            int seq = client.sender.sndNxt + 2 + 3 * i;
            TcpWire.put(s, 0, 4000, 80, seq, client.receiver.rcvNxt, 20, TcpWire.ACK, 1000);
            link.b.receive(Link.fromAToB().checksumDone(true), s, 0, 21, link.now);
        }
        assertThat(server.receiver.holes.count()).isLessThanOrEqualTo(link.b.parameters().maxHoles);
        assertThat(link.b.dropped(Drop.TOO_MANY_HOLES)).isPositive();
        assertThat(link.b.memoryInUse()).isLessThan(1 << 20);
    }

    /// Who never reads shuts the window and makes the other end keep what it would send.
    @Test
    void shutWindowsHoldMemoryOnlyWhileNobodyElseWantsIt() {
        TcpParameters p = TcpParameters.linux();
        p.memoryOctets = 1 << 20;
        var link = new Link(new Link.Quality(), TcpParameters.linux(), p, 3);
        TcpListener listener = link.b.listen(80, 100, new TcpSettings());
        var idle = new TcpSettings();
        idle.receiveBufferOctets = 4096;
        for (int i = 0; i < 80; i++) link.a.connect(Link.fromAToB(), 0, 80, idle, link.now);
        List<TcpConnection> stuck = new ArrayList<>();
        run(link, 1);
        for (TcpConnection c; (c = listener.accept()) != null; ) stuck.add(c);
        Cstruct data = Cstruct.create(1 << 16);
        for (int i = 0; i < 10; i++) {
            for (TcpConnection c : stuck) c.write(data, 0, data.length(), link.now);
            run(link, 1);
        }
        assertThat(stuck).hasSize(80);
        assertThat(link.b.memoryInUse()).isLessThanOrEqualTo(1 << 20);
        TcpConnection reader = link.a.connect(Link.fromAToB(), 0, 80, new TcpSettings(), link.now);
        run(link, 1);
        TcpConnection writer = listener.accept();
        assertThat(writer).isNotNull();
        long read = 0;
        for (int i = 0; i < 600 && read < 1 << 20; i++) {
            for (TcpConnection c : stuck) c.write(data, 0, data.length(), link.now);
            writer.write(data, 0, data.length(), link.now);
            run(link, 1);
            read += reader.read(data, 0, data.length(), link.now);
        }
        assertThat(read).isGreaterThanOrEqualTo(1 << 20);
    }

    private static void run(Link link, int seconds) {
        long end = link.now + seconds * 1_000_000_000L;
        while (link.step(end)) {}
    }

    @Test
    void acknowledgmentsOfWhatWasNotSentOpenNoWindow() {
        var link = quiet();
        TcpListener listener = link.b.listen(80, 8, new TcpSettings());
        TcpConnection client =
                link.a.connect(Link.fromAToB(), 4000, 80, new TcpSettings(), link.now);
        while (listener.waiting() == 0) link.step(link.now + 10_000_000L);
        TcpConnection server = listener.accept();
        assertThat(server).isNotNull();
        server.write(Cstruct.create(50_000), 0, 50_000, link.now);
        int cwnd = server.info(link.now).sndCwnd();
        for (int i = 1; i < 1000; i++) {
            Cstruct s = Cstruct.create(20);
            int seq = client.sender.sndNxt;
            int ack = server.sender.sndNxt + 1000 * i;
            TcpWire.put(s, 0, 4000, 80, seq, ack, 20, TcpWire.ACK, 1000);
            link.b.receive(Link.fromAToB().checksumDone(true), s, 0, 20, link.now);
        }
        assertThat(server.info(link.now).sndCwnd()).isEqualTo(cwnd);
        assertThat(link.b.dropped(Drop.BAD_ACK)).isEqualTo(999);
    }
}
