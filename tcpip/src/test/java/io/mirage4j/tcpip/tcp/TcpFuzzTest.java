// SPDX-License-Identifier: Apache-2.0
package io.mirage4j.tcpip.tcp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.mirage4j.cstruct.Cstruct;

/// Segments of any kind, near the numbers that count, with time and the application in between:
/// nothing throws, and what is kept stays in its bounds.
class TcpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void segmentsOfAnyKindAreTaken(FuzzedDataProvider data) {
        TcpParameters p = data.consumeBoolean() ? TcpParameters.linux() : TcpParameters.freebsd();
        var link = new Link(new Link.Quality(), TcpParameters.linux(), p, 1);
        TcpListener listener = link.b.listen(80, 2, new TcpSettings());
        TcpConnection c =
                link.b.connect(
                        new Envelope().addresses(Link.B, Link.A),
                        4000,
                        80,
                        new TcpSettings(),
                        link.now);
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 7)) {
                case 0 -> link.b.advance(link.now += data.consumeInt(0, 2_000_000_000));
                case 1 -> c.write(Cstruct.create(3000), 0, data.consumeInt(0, 3000), link.now);
                case 2 -> c.skip(data.consumeInt(0, 3000), link.now);
                case 3 -> listener.accept();
                case 4 -> error(link, c, data);
                default -> segment(link, c, data);
            }
        }
        c.close(link.now);
        if (link.b.memoryInUse() > 1 << 20) throw new AssertionError("memory is not bounded");
    }

    private static void segment(Link link, TcpConnection c, FuzzedDataProvider data) {
        boolean toListener = data.consumeInt(0, 3) == 0;
        int options = data.consumeInt(0, 10) * 4;
        byte[] rest = data.consumeBytes(options + data.consumeInt(0, 100));
        options = Math.min(options, rest.length & -4);
        Cstruct s = Cstruct.create(20 + rest.length);
        int from = toListener ? data.consumeInt(1, 5) : 80;
        int to = toListener ? 80 : 4000;
        int seq = c.receiver.rcvNxt + data.consumeInt(-70_000, 70_000);
        int ack = c.sender.sndNxt + data.consumeInt(-4000, 4000);
        int flags = data.consumeInt(0, 255);
        int window = data.consumeInt(0, 65_535);
        TcpWire.put(s, 0, from, to, seq, ack, 20 + options, flags, window);
        s.put(20, rest);
        var e = Link.fromAToB().ecn(data.consumeInt(0, 3)).checksumDone(true);
        link.b.receive(e, s, 0, s.length(), link.now);
    }

    private static void error(Link link, TcpConnection c, FuzzedDataProvider data) {
        Cstruct quoted = Cstruct.create(8);
        quoted.putU32be(0, 4000 << 16 | 80);
        quoted.putU32be(4, c.sender.sndUna + data.consumeInt(-10, 4000));
        var e = new Envelope().addresses(Link.B, Link.A);
        IcmpError error = data.pickValue(IcmpError.values());
        link.b.error(e, error, data.consumeInt(-1, 70_000), quoted, 0, 8, link.now);
    }
}
